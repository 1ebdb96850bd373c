package convert

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
)

// publishedAt are variables by which a program is told where the ports are that its containers publish. certain are
// those that only the program itself reads; the others may reach a browser.
var publishedAt = map[string]struct {
	certain bool
	source  string
}{
	"DOCKER_HOST_ADDR":                 {true, "OpenHands openhands/runtime/impl/docker/docker_runtime.py"},
	"OH_SANDBOX_CONTAINER_URL_PATTERN": {false, "OpenHands openhands/app_server/sandbox/docker_sandbox_service.py"},
	"SANDBOX_LOCAL_RUNTIME_URL":        {true, "OpenHands openhands/runtime/impl/docker/docker_runtime.py"},
	"TC_HOST":                          {true, "testcontainers-python testcontainers/core/docker_client.py"},
	"TESTCONTAINERS_HOST_OVERRIDE":     {true, "testcontainers-java docs/features/configuration.md"},
}

var (
	ipv4 = pattern.Lazy(`\b\d{1,3}(?:\.\d{1,3}){3}\b`)
	// addressName is how variables are called that hold an address, and not just the name of a node.
	addressName = pattern.Lazy(`(?i)HOST|ADDR|URL|URI|ENDPOINT|(?:^|_)IP$`)
	// agents are variables that name an agent on the node: it stays there.
	agents = pattern.Lazy(
		`^(?:DD|DATADOG|OTEL|JAEGER|ELASTIC|STATSD|SIGNALFX|SPLUNK|INSTANA|NEW_RELIC|SW|ZIPKIN|CONSUL|VAULT)_|_AGENT_HOST$`)
)

// dockerBridge is the address of docker0 where nothing else is configured (moby daemon/libnetwork/ipamutils). The pod
// has one of its own, with what its daemon publishes.
const dockerBridge = "172.17.0.1"

// addresses sees to addresses of the node at which the client looks for what its containers publish: that is on the pod
// now.
func addresses(c *Conversion, client *Client) {
	nodes := client.nodeNames()
	for _, container := range client.Containers() {
		isClient := client.usesDaemon(container)
		for _, v := range container.Get("env").Items() {
			where, known := publishedAt[v.Text("name")]
			switch {
			case known:
				c.pointToPod(nodes, container, v, where.certain)
			case isClient && isNodeAddress(v) && !agents().MatchString(v.Text("name")):
				v.Warn(nodeAddress(v.Text("name"), "the node's address"))
			case isClient && addressName().MatchString(v.Text("name")) && nodes[hostOf(v.Text("value"))]:
				v.Warn(nodeAddress(v.Text("name"), v.Text("value")))
			}
		}
	}
}

func nodeAddress(name, value string) report.Reason {
	return report.Because(report.NodeAddress, "%s is %s, and what the daemon publishes is on the pod: where the client "+
		"looks for it there, "+
		"use status.podIP or 127.0.0.1, or name the variable in spec.client.unsetEnv", name, value)
}

func isNodeAddress(v kube.Field) bool {
	return slices.Contains([]string{"status.hostIP", "status.hostIPs"}, v.Text("valueFrom", "fieldRef", "fieldPath"))
}

// pointToPod corrects a variable that says where published ports are. status.podIP serves as status.hostIP did; an
// address in a text becomes the pod's loopback.
func (c *Conversion) pointToPod(nodes map[string]bool, container kube.Container, v kube.Field, certain bool) {
	name, value := v.Text("name"), v.Text("value")
	switch fixed := c.withoutNode(nodes, container, value); {
	case isNodeAddress(v) && certain:
		set(container, api.EnvVar{
			Name:      name,
			ValueFrom: &api.EnvVarSource{FieldRef: &api.ObjectFieldSelector{FieldPath: "status.podIP"}},
		},
			report.Because(report.NodeAddress, "what the daemon publishes is on the pod, not on the node"))
	case isNodeAddress(v):
		v.Warn(nodeAddress(name, "the node's address"))
	case fixed == value:
	case certain:
		v.Set("value", fixed, report.Because(report.NodeAddress, "what the daemon publishes is on the pod, not on the node"))
	default:
		v.Warn(nodeAddress(name, value))
	}
}

// withoutNode is a value with loopback where it names the node: by a variable of its address, by its name or by an
// address.
func (c *Conversion) withoutNode(nodes map[string]bool, container kube.Container, value string) string {
	for _, v := range container.Get("env").Items() {
		if isNodeAddress(v) {
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

// isOwnBridge says whether an address is that of the daemon's bridge in the pod. A rootless daemon's is in a network
// namespace of its own.
func (c *Conversion) isOwnBridge(ip string) bool {
	return ip == dockerBridge && c.Daemon.Bip == "" && c.Daemon.Isolation != config.Rootless
}

// nodeNames are the nodes that the pod names itself: those that it is pinned to.
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

// hostOf is the host of a value that is one, or the URL of one.
func hostOf(value string) string {
	if _, rest, isURL := strings.Cut(value, "://"); isURL {
		value = rest
	}
	host, _, _ := strings.Cut(value, "/")
	host, _, _ = strings.Cut(host, ":")
	return host
}
