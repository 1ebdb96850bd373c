// Package cluster is the root of the tests that need a real Kubernetes: a control plane
// (etcd and kube-apiserver), or a whole node with containerd and a kubelet.
//
// A test that only asks the API server for its opinion needs three lines and no privilege:
//
//	cp := controlplane.Start(t)
//	cp.CreateNamespace(t, "openhands")
//	err := cp.DryRun(t.Context(), manifests)
//
// A test that runs pods needs root, and a TestMain that puts it into a sandbox:
//
//	func TestMain(m *testing.M) { os.Exit(sandbox.Main(m, node.Prepare)) }
//
//	n := node.Start(t)
//	n.Load(t, images.For(manifests)...)
//	err := n.Apply(t.Context(), manifests)
//
// The packages, from the bottom up:
//
//	binaries      Kubernetes built from its Go module, the rest from Debian; kept in a cache directory
//	process       starts a program, stops it by its process id
//	kube          a client for whole YAML documents: apply, dry run, delete, exec, wait
//	controlplane  etcd and kube-apiserver
//	sandbox       namespaces of our own, so that nothing survives the test
//	images        stand-ins for the images that manifests name
//	node          controller manager, scheduler, containerd, kubelet, bridge, the node's own Docker
//	checks        what is looked at in the running pod, and the table
package cluster
