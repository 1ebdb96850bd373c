package convert

import (
	"net/netip"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
)

// publishedAt lists variables that tell a program where its containers' published ports are, with the source of that.
// It may also send a public one to a browser.
var publishedAt = map[string]struct {
	source string
	public bool
}{
	"DOCKER_HOST_ADDR": {source: "OpenHands openhands/runtime/impl/docker/docker_runtime.py"},
	"OH_SANDBOX_CONTAINER_URL_PATTERN": {
		source: "OpenHands openhands/app_server/sandbox/docker_sandbox_service.py", public: true,
	},
	"SANDBOX_LOCAL_RUNTIME_URL":    {source: "OpenHands openhands/runtime/impl/docker/docker_runtime.py"},
	"TC_HOST":                      {source: "testcontainers-python testcontainers/core/docker_client.py"},
	"TESTCONTAINERS_HOST_OVERRIDE": {source: "testcontainers-java docs/features/configuration.md"},
}

var (
	ipv4 = pattern.Lazy(`\b\d{1,3}(?:\.\d{1,3}){3}\b`)
	// addressName matches names of variables with an address, not just the name of a node.
	addressName = pattern.Lazy(`(?i)HOST|ADDR|URL|URI|ENDPOINT|(?:^|_)IP$`)
	// nodeAgentPattern matches variables that name an agent on the node, which stays there.
	nodeAgentPattern = pattern.Lazy(
		`^(?:DD|DATADOG|OTEL|JAEGER|ELASTIC|STATSD|SIGNALFX|SPLUNK|INSTANA|NEW_RELIC|SW|ZIPKIN|CONSUL|VAULT)_|_AGENT_HOST$`)
)

// dockerBridge is the default address of docker0 (moby daemon/libnetwork/ipamutils). The pod has its own docker0,
// with the ports that its daemon publishes.
const dockerBridge = "172.17.0.1"

// addresses handles node addresses that the client uses for published ports, which are now on the pod.
func addresses(c *converter, client *Client) {
	nodes := client.nodeNames()
	for _, container := range client.Containers() {
		isClient := client.usesDaemon(container)
		for _, v := range container.Get("env").Items() {
			where, known := publishedAt[v.Text("name")]
			switch {
			case known && where.public:
				c.warnOfNode(nodes, container, v)
			case known:
				c.pointToPod(nodes, container, v)
			case isClient && (isNodeAddress(v) || isNodeName(v) && addressName().MatchString(v.Text("name"))) &&
				!nodeAgentPattern().MatchString(v.Text("name")):
				v.Warn(nodeAddress(v.Text("name"), "the node's address"))
			case isClient && nodes[hostOf(v.Text("value"))] && addressName().MatchString(v.Text("name")):
				v.Warn(nodeAddress(v.Text("name"), v.Text("value")))
			}
		}
	}
}

func nodeAddress(name, value string) report.Reason {
	return report.Because(report.NodeAddress, "%s is %s, but ports that the daemon publishes are on the pod: if the "+
		"client uses it for these, set status.podIP or 127.0.0.1, or list the variable in spec.client.unsetEnv", name, value)
}

// isNode reports whether a variable leads to the node, by its address or its name.
func isNode(v kube.Field) bool { return isNodeAddress(v) || isNodeName(v) }

func isNodeAddress(v kube.Field) bool {
	field := v.Text("valueFrom", "fieldRef", "fieldPath")
	return field == "status.hostIP" || field == "status.hostIPs"
}

func isNodeName(v kube.Field) bool {
	return v.Text("valueFrom", "fieldRef", "fieldPath") == "spec.nodeName"
}

// pointToPod corrects a variable that tells where published ports are. status.podIP replaces status.hostIP; an
// address in a text becomes the pod's loopback.
func (c *converter) pointToPod(nodes map[string]bool, container kube.Container, v kube.Field) {
	why := report.Because(report.NodeAddress, "ports that the daemon publishes are on the pod, not on the node")
	if isNode(v) {
		set(container, fieldVariable(v.Text("name"), "status.podIP"), why)
		return
	}
	value := v.Text("value")
	if fixed := c.withoutNode(nodes, container, value); fixed != value {
		v.Set("value", fixed, why)
	}
}

// warnOfNode warns of such a variable if it leads to the node.
func (c *converter) warnOfNode(nodes map[string]bool, container kube.Container, v kube.Field) {
	name, value := v.Text("name"), v.Text("value")
	switch {
	case isNode(v):
		v.Warn(nodeAddress(name, "the node's address"))
	case c.withoutNode(nodes, container, value) != value:
		v.Warn(nodeAddress(name, value))
	}
}

// withoutNode returns a value with loopback in place of the node: a variable with its address, its name or its
// address.
func (c *converter) withoutNode(nodes map[string]bool, container kube.Container, value string) string {
	for _, v := range container.Get("env").Items() {
		if isNode(v) {
			value = strings.ReplaceAll(value, "$("+v.Text("name")+")", loopback)
		}
	}
	if host := hostOf(value); nodes[host] {
		value = strings.ReplaceAll(value, host, loopback)
	}
	return ipv4().ReplaceAllStringFunc(value, func(text string) string {
		ip, err := netip.ParseAddr(text)
		if err != nil || ip.IsLoopback() || ip.IsUnspecified() || c.isOwnBridge(text) {
			return text
		}
		return loopback
	})
}

// isOwnBridge reports whether an address is that of the daemon's bridge in the pod. A rootless daemon's bridge is in
// another network namespace.
func (c *converter) isOwnBridge(ip string) bool {
	return ip == dockerBridge && c.Daemon.Bip == "" && c.Daemon.Isolation != config.Rootless
}

// nodeNames returns the nodes that the pod is pinned to.
func (cl *Client) nodeNames() map[string]bool {
	all := map[string]bool{cl.Text("nodeName"): true, cl.Text("nodeSelector", kube.Hostname): true}
	required := cl.Get("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
	for _, term := range required.Items() {
		for _, e := range term.Get("matchExpressions").Items() {
			if e.Text("key") != kube.Hostname || e.Text("operator") != "In" {
				continue
			}
			for _, name := range e.Texts("values") {
				all[name] = true
			}
		}
	}
	delete(all, "")
	return all
}

// hostOf returns the host of a value that is a host or a URL.
func hostOf(value string) string {
	if _, rest, isURL := strings.Cut(value, "://"); isURL {
		value = rest
	}
	host, _, _ := strings.Cut(value, "/")
	host, _, _ = strings.Cut(host, ":")
	return host
}
