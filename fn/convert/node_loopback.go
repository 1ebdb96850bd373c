package convert

import (
	"slices"
	"strings"
	"unicode"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
)

// A pod that leaves the node's network no longer reaches services of the node by a loopback address. It still reaches
// its own containers, and the ports that its daemon publishes.

var (
	// loopbackHost matches a loopback address in a word, with the scheme and the port that belong to it.
	loopbackHost = pattern.Lazy(`(?:^|["'=@(]|(\w+)://(?:[^/@]*@)?)(localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::(\d+))?` +
		`(?:$|[/"')?])`)
	// listenPattern matches names of options and variables with an address that the program itself listens on.
	listenPattern = pattern.Lazy(`(?i)listen|bind|serve|advertise|expose|no_?proxy`)
	// defaultPorts holds the ports of URLs without one.
	defaultPorts = map[string]string{"http": "80", "https": "443"}
)

// warnOfNodeLoopback warns of variables and arguments with a loopback address at which no container of the pod is
// known to serve.
func warnOfNodeLoopback(c *Conversion, client *Client) {
	own := ownPorts(client.Pod)
	if c.Client.Transport != config.Unix {
		own = append(own, "2375", "2376") // of the pod's daemon
	}
	for _, container := range client.Containers() {
		for _, v := range c.variables(container) {
			if _, known := publishedAt[v.name]; !known {
				warnOfLoopback(v.field, v.name, v.value, own)
			}
		}
		for _, list := range []string{"command", "args"} {
			option := ""
			for _, arg := range container.Get(list).Items() {
				text := arg.Text()
				if name, value, ok := strings.Cut(text, "="); ok && strings.HasPrefix(text, "-") {
					option, text = name, value
				}
				warnOfLoopback(arg, option, text, own)
				option = ""
				if strings.HasPrefix(text, "-") {
					option = text
				}
			}
		}
	}
}

// warnOfLoopback warns of the first loopback address in a value. A host alone is an address only if the value's name
// says so.
func warnOfLoopback(at kube.Field, name, value string, own []string) {
	if !strings.Contains(value, "localhost") && !strings.Contains(value, "127.") && !strings.Contains(value, "::1") ||
		listenPattern().MatchString(name) {
		return
	}
	for _, m := range loopbacks(value) {
		scheme, host, port := m[1], m[2], m[3]
		if port == "" {
			port = defaultPorts[scheme]
		}
		switch {
		case port == "" && scheme == "" && (host != value || !addressName().MatchString(name)):
		case port != "" && slices.Contains(own, port):
		default:
			at.Warn(report.Because(report.NodeLoopback, "%s was the node's loopback, and is the pod's own now: services of the "+
				"node are at status.hostIP; containers of the pod, and ports that its daemon publishes, stay at %s",
				strings.TrimSuffix(host+":"+port, ":"), host))
			return
		}
	}
}

// loopbacks returns the loopback addresses in a value, which may be a list.
func loopbacks(value string) (all [][]string) {
	isSeparator := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;", r) }
	for word := range strings.FieldsFuncSeq(value, isSeparator) {
		all = append(all, loopbackHost().FindAllStringSubmatch(word, -1)...)
	}
	return all
}

// ownPorts returns the ports at which containers of the pod certainly serve: those that they declare, and those that
// probes connect to.
func ownPorts(pod kube.Pod) []string {
	var all []string
	for _, container := range pod.Containers() {
		for _, port := range container.Get("ports").Items() {
			all = append(all, port.Text("containerPort"))
		}
		for _, path := range hostFields {
			all = append(all, container.Get(path...).Text("port"))
		}
	}
	return slices.DeleteFunc(all, func(port string) bool { return port == "" })
}
