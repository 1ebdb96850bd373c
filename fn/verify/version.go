package verify

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// serverVersion is the version that the API server reports.
type serverVersion struct {
	Major      string `json:"major"`
	Minor      string `json:"minor"`
	GitVersion string `json:"gitVersion"`
}

// minor returns the minor version: 34 for v1.34.4 and for v1.34.4-gke.100; 0 if there is none.
func minor(version string) int {
	parts := strings.Split(strings.TrimPrefix(version, "v"), ".")
	if len(parts) < 2 || parts[0] != "1" {
		return 0
	}
	digits := strings.TrimRight(parts[1], "+")
	n, _ := strconv.Atoi(digits)
	return n
}

// need is a field of a pod that servers and kubelets before a version drop or refuse.
type need struct {
	minor int
	what  string
	way   string // out
	uses  func(*Subject) bool
}

var needs = []need{
	{
		29, "sidecars (init containers with restartPolicy Always)", "set spec.daemon.startup: PostStart",
		func(s *Subject) bool { return s.Sidecar },
	},
	{33, "hostUsers: false", "set another spec.daemon.isolation", func(s *Subject) bool {
		return s.Spec.HostUsers != nil &&
			!*s.Spec.HostUsers
	}},
	{30, "appArmorProfile", "upgrade, or remove the field", usesAppArmor},
}

func usesAppArmor(s *Subject) bool {
	security := s.Daemon.SecurityContext
	return security != nil && security.AppArmorProfile != nil
}

// versions checks the fields of the pod against the versions of the server and the pod's kubelet.
func versions(ctx context.Context, s *Subject) Finding {
	server := minor(s.server.GitVersion)
	if isInit := s.daemonIsInit(); isInit && !s.Sidecar {
		return fail("set spec.daemon.startup: PostStart, or upgrade to Kubernetes 1.29",
			"the daemon is an init container without restartPolicy Always: the server (%s) dropped it, and the pod waits for "+
				"the daemon to end", s.server.GitVersion)
	}
	kubelets, unseen := s.kubelets(ctx)
	what := "nothing newer than Kubernetes 1.28"
	for _, n := range needs {
		if !n.uses(s) {
			continue
		}
		what = fmt.Sprintf("%s, since Kubernetes 1.%d", n.what, n.minor)
		if server > 0 && server < n.minor {
			return fail(n.way, "%s need Kubernetes 1.%d, and the server is %s", n.what, n.minor,
				s.server.GitVersion)
		}
		for name, version := range kubelets {
			if minor(version) < n.minor {
				return fail(n.way, "%s need Kubernetes 1.%d, and the kubelet of node %s is %s", n.what, n.minor,
					name, version)
			}
		}
	}
	if unseen != nil {
		return blindNode(unseen, fmt.Sprintf("the server is %s; the pod uses %s", s.server.GitVersion, what))
	}
	if len(kubelets) == 0 {
		return unknown("check again when a pod or a node is there",
			"the server is %s, and no kubelet tells its version; the pod uses %s", s.server.GitVersion, what)
	}
	return ok("server %s and %d kubelets know what the pod uses (%s)", s.server.GitVersion, len(kubelets), what)
}

func blindNode(err error, rest string) Finding {
	f := blind(err, "read nodes")
	f.Text = rest + "; " + f.Text
	return f
}

func (s *Subject) daemonIsInit() bool {
	for i := range s.Spec.InitContainers {
		if s.Spec.InitContainers[i].Name == s.Daemon.Name {
			return true
		}
	}
	return false
}

// kubelets returns the versions by node: of the pods' nodes, or of those on which a pod may run
// if there is none yet.
func (s *Subject) kubelets(ctx context.Context) (versions map[string]string, unseen error) {
	versions = map[string]string{}
	for _, p := range s.pods {
		if p.Spec.NodeName == "" {
			continue
		}
		n, err := s.node(ctx, p.Spec.NodeName)
		if err != nil {
			return versions, err
		}
		versions[n.Name] = n.Status.NodeInfo.KubeletVersion
	}
	if len(s.pods) > 0 {
		return known(versions), nil
	}
	var nodes corev1.NodeList
	if err := s.Get(ctx, core("", "nodes"), &nodes); err != nil {
		return versions, err
	}
	for _, n := range nodes.Items {
		if !mayRunOn(s.Spec, &n) {
			continue
		}
		versions[n.Name] = n.Status.NodeInfo.KubeletVersion
	}
	return known(versions), nil
}

// known leaves out nodes whose kubelet has not reported yet.
func known(versions map[string]string) map[string]string {
	maps.DeleteFunc(versions, func(_, version string) bool { return minor(version) == 0 })
	return versions
}

type nodeAnswer struct {
	node *corev1.Node
	err  error
}

// node reads a node once.
func (r *run) node(ctx context.Context, name string) (*corev1.Node, error) {
	answer, asked := r.nodes[name]
	if !asked {
		answer.node = &corev1.Node{}
		answer.err = r.Get(ctx, core("", "nodes", name), answer.node)
		r.nodes[name] = answer
	}
	return answer.node, answer.err
}

// aboutNode describes a node in a line, or returns "" if the user may not read it.
func (r *run) aboutNode(ctx context.Context, name string) string {
	if name == "" {
		return "" // it waits to be scheduled
	}
	n, err := r.node(ctx, name)
	if err != nil {
		return ""
	}
	info := n.Status.NodeInfo
	return fmt.Sprintf("Kubernetes %s, %s, Linux %s", strings.TrimPrefix(info.KubeletVersion, "v"),
		strings.Replace(info.ContainerRuntimeVersion, "://", " ", 1), cmp.Or(info.KernelVersion, "unknown"))
}
