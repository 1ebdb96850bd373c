package convert

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// Client is a workload that gets its own daemon. Its pod and uses are set only while its document is converted.
type Client struct {
	kube.Pod
	uses   []*discover.Use
	job    *Cleanup      // cleans its daemon; nil if the input has none to rewrite
	report report.Report // findings of its passes, until all are done
	idle   bool          // scaled to zero, so there is nothing to clean
	passState

	at       kube.Address
	ref      report.Object
	location *kube.PodSpecLocation
	named    bool // not only a generateName: it has this name in a cluster
}

// passState holds what passes record for later ones.
type passState struct {
	generated  []generated                 // objects generated for the client
	daemonAt   int                         // index of the daemon in its list of containers
	writers    map[string][]kube.Container // see lateWriters; nil until needed
	volumes    []string                    // names of the pod's volumes before its conversion
	guaranteed bool                        // its QoS class before its conversion
}

// reset drops what passes have recorded.
func (cl *Client) reset() { cl.report, cl.passState = report.Report{}, passState{} }

func (cl *Client) title() string { return cl.ref.Kind + "/" + cl.ref.Name }

// socketContainers returns the client's containers that mount the socket, with their uses.
func (cl *Client) socketContainers() []clientContainer {
	in := map[*yaml.Node][]*discover.Use{} // by container: while a document is edited, each has a fixed place
	for _, u := range cl.uses {
		if u.Mounted() {
			in[u.Container.Node()] = append(in[u.Container.Node()], u)
		}
	}
	all := make([]clientContainer, 0, len(in))
	for _, container := range cl.Containers() {
		if uses := in[container.Node()]; len(uses) > 0 {
			all = append(all, clientContainer{container, uses})
		}
	}
	return all
}

// usesDaemon reports whether a container is one of those.
func (cl *Client) usesDaemon(container kube.Container) bool {
	return slices.ContainsFunc(cl.uses, func(u *discover.Use) bool {
		return u.Mounted() && u.Container.Node() == container.Node()
	})
}

type clientContainer struct {
	kube.Container
	uses []*discover.Use
}

// sockets returns the paths of the sockets in the container, normalized.
func (cc clientContainer) sockets() map[string]bool {
	all := make(map[string]bool, len(cc.uses))
	for _, u := range cc.uses {
		all[socket.Normalize(u.SocketPath())] = true
	}
	return all
}

// warnAt adds a warning of the client for a field of another object.
func (cl *Client) warnAt(f kube.Field, why report.Reason) { cl.reportAt(report.Warning, f, why) }

// reportAt does so with another severity.
func (cl *Client) reportAt(s report.Severity, f kube.Field, why report.Reason) {
	cl.report.Add(f.Finding(s, why))
}
