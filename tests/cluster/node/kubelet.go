package node

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/process"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

// Anyone may call this kubelet: nothing outside the sandbox's network can reach it. Its own oom_score_adj stays, for
// the same reason as containerd's. The machine's disk may be fuller than a kubelet accepts.
const kubeletConfig = `
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: cgroupfs
cgroupRoot: %q
containerRuntimeEndpoint: unix://` + containerdSocket + `
failSwapOn: false
oomScoreAdj: 0
resolvConf: %q
clusterDNS: [10.96.0.10]
clusterDomain: cluster.local
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
evictionHard: {memory.available: 50Mi, nodefs.available: 1%%, imagefs.available: 1%%, nodefs.inodesFree: 1%%, imagefs.inodesFree: 1%%}
imageGCHighThresholdPercent: 100
syncFrequency: 5s
`

// withoutLimits: a cgroup v2 hierarchy beside version 1 can delegate neither cpu nor memory, and without them the
// kubelet creates no groups for its QoS classes, nor for a pod. The feature reads the resources of a pod from that
// group, and panics (convertToAPIPodLevelResourcesStatus in pkg/kubelet of 1.36.3).
const withoutLimits = `
cgroupsPerQOS: false
enforceNodeAllocatable: []
featureGates: {InPlacePodLevelResourcesVerticalScaling: false}
`

func (n *Node) startKubelet(t testing.TB) {
	t.Helper()
	state := sandbox.StateDir()
	resolv := filepath.Join(state, "resolv.conf")
	require.NoError(t, os.WriteFile(resolv, []byte("nameserver 127.0.0.1\n"), 0o644))
	require.NoError(t, createCgroup(sandbox.CgroupParent()))
	config := filepath.Join(state, "kubelet.yaml")
	content := fmt.Appendf(nil, kubeletConfig, sandbox.CgroupParent(), resolv)
	if binaries.Selected().CgroupV2 {
		content = append(content, withoutLimits...)
	}
	require.NoError(t, os.WriteFile(config, content, 0o644))
	startKubernetes(t, state, "kubelet",
		"--config="+config,
		"--kubeconfig="+n.Kubeconfig,
		"--root-dir="+filepath.Join(state, "pods"),
		"--node-ip="+IP)
}

func (n *Node) waitReady(t testing.TB) {
	t.Helper()
	process.WaitFor(t, "node is ready", 2*time.Minute, func() error {
		node, err := n.CoreV1().Nodes().Get(t.Context(), Name, metav1.GetOptions{})
		if err != nil {
			return err
		}
		for _, condition := range node.Status.Conditions {
			if condition.Type == corev1.NodeReady && condition.Status == corev1.ConditionTrue && len(node.Spec.Taints) == 0 {
				return nil
			}
		}
		return errors.New("not ready, or tainted")
	})
}
