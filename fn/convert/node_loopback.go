package convert

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/sources"
)

// A pod that leaves the node's network no longer reaches services of the node by a loopback address. It still reaches
// its own containers, and the ports that its daemon publishes.

var (
	// loopbackHost matches a loopback address in a word, with the scheme and the port that belong to it.
	loopbackHost = pattern.Lazy(`(?:^|["'=@(]|(\w+)://(?:[^/@]*@)?)(localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::(\d+))?` +
		`(?:$|[/"')?])`)
	// listenPattern matches names of options and variables with an address that the program itself listens on.
	listenPattern = pattern.Lazy(`(?i)listen|bind|serve(?:[^r]|$)|advertise|expose|no_?proxy`)
	// defaultPorts holds the ports of URLs without one.
	defaultPorts = map[string]string{"http": "80", "https": "443"}
)

// warnOfNodeLoopback warns of variables, arguments and mounted files with a loopback address at which no container of
// the pod is known to serve.
func warnOfNodeLoopback(c *converter, client *Client) {
	own := ownPorts(client.Pod)
	if c.Client.Transport != config.Unix {
		own = append(own, engine.TCPPort, engine.TLSPort) // of the pod's daemon
	}
	for _, container := range client.Containers() {
		for _, v := range c.sources.Variables(container) {
			if _, known := publishedAt[v.Name]; !known {
				warnOfLoopback(v.Field, v.Name, v.Value, own)
			}
		}
		for _, list := range []string{"command", "args"} {
			warnOfLoopbackArguments(container.Get(list).Items(), own)
		}
		for _, t := range c.sources.MountedFiles(client.Pod, container) {
			if !c.lookups.Add(len(loopbackSearch.In(t.Entry))) {
				return
			}
			warnOfLoopbackInFile(client, container, t, own)
		}
	}
}

func warnOfLoopbackArguments(args []kube.Field, own []string) {
	option := ""
	for _, arg := range args {
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

// warnOfLoopback warns of the first loopback address in a value. A host alone is an address only if the value's name
// says so.
func warnOfLoopback(at kube.Field, name, value string, own []string) {
	if !mayHaveLoopback(value) || listenPattern().MatchString(name) {
		return
	}
	for _, l := range loopbacks(value) {
		switch {
		case l.port == "" && l.scheme == "" && (l.host != value || !addressName().MatchString(name)):
		case l.port != "" && slices.Contains(own, l.port):
		default:
			at.Warn(report.Because(report.NodeLoopback, "%s was the node's loopback, and is the pod's own now: %s",
				l, l.advice()))
			return
		}
	}
}

// warnOfLoopbackInFile warns of the first such URL in a mounted file.
func warnOfLoopbackInFile(client *Client, container kube.Container, t sources.File, own []string) {
	for _, l := range loopbackSearch.In(t.Entry) {
		if l.port == "" || !slices.Contains(own, l.port) {
			client.warnAt(t.Field, report.Because(report.NodeLoopback, "line %d names %s, which was the node's "+
				"loopback for container %s of %s, and is the pod's own now: %s",
				l.line, l, container.Name(), client.ref, l.advice()))
			return
		}
	}
}

// loopbackAddress is the node's loopback address, in a value or a file.
type loopbackAddress struct {
	scheme, host, port string // "" if unknown
	line               int    // 1-based line in a file
}

func (l loopbackAddress) String() string { return strings.TrimSuffix(l.host+":"+l.port, ":") }

func (l loopbackAddress) advice() string {
	return "services of the node are at status.hostIP; containers of the pod, and ports that its daemon publishes, stay " +
		"at " + l.host
}

func mayHaveLoopback(text string) bool {
	return strings.Contains(text, "localhost") || strings.Contains(text, "127.") || strings.Contains(text, "::1")
}

var loopbackSearch = sources.NewSearch(func(e *sources.Entry) []loopbackAddress { return loopbacksIn(e.Text) })

// loopbacksIn returns the loopback addresses in the URLs of a file, except in comments. An address without a scheme is
// usually one that the program itself listens on, and so is one behind a name that says so.
func loopbacksIn(text string) (all []loopbackAddress) {
	if !mayHaveLoopback(text) {
		return nil
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if !mayHaveLoopback(line) || commands.IsComment(line) {
			continue
		}
		name, _, _ := strings.Cut(line, "://")
		if listenPattern().MatchString(name) {
			continue
		}
		for _, l := range loopbacks(line) {
			if l.scheme != "" {
				l.line = n
				all = append(all, l)
			}
		}
	}
	return all
}

// loopbacks returns the loopback addresses in a value, which may be a list.
func loopbacks(value string) (all []loopbackAddress) {
	isSeparator := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;", r) }
	for word := range strings.FieldsFuncSeq(value, isSeparator) {
		for _, m := range loopbackHost().FindAllStringSubmatch(word, -1) {
			all = append(all, loopbackAddress{scheme: m[1], host: m[2], port: cmp.Or(m[3], defaultPorts[m[1]])})
		}
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
		for _, action := range container.NetworkActions() {
			all = append(all, action.Text("port"))
		}
	}
	return slices.DeleteFunc(all, func(port string) bool { return port == "" })
}
