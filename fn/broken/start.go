package broken

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
)

// ofVariables checks that the daemon has the variables that its arguments and a rootless image need.
func ofVariables(_ kube.Pod, daemon kube.Container) (kube.Field, string) {
	var needed []string
	for _, word := range daemon.CommandLine() {
		if _, rest, found := strings.Cut(word, "=$("); found {
			name, _, _ := strings.Cut(rest, ")")
			needed = append(needed, name)
		}
	}
	if isRootlessDaemon(daemon) {
		needed = append(needed, "XDG_RUNTIME_DIR", "DOCKER_HOST")
	}
	if daemon.Text("image") == config.RootlessImage {
		needed = append(needed, "DOCKERD_ROOTLESS_ROOTLESSKIT_NET")
	}
	for _, name := range needed {
		v := daemon.Env(name)
		if !v.Exists() || isEmptied(v) || name == "XDG_RUNTIME_DIR" && v.Text("value") != engine.RootlessDir {
			return daemon.Field, "the variable " + name + ", which the daemon needs, is missing or changed: remove the patch " +
				"that does this"
		}
	}
	return daemon.Field, ""
}

// ofArguments checks the arguments without which dockerd does not start, or its socket is of another group.
func ofArguments(pod kube.Pod, daemon kube.Container) (kube.Field, string) {
	line, own := daemon.CommandLine(), daemon.Get("securityContext")
	if !slices.Contains(hostsOf(daemon), engine.DefaultSocket) {
		return daemon.Get("args"), "the daemon does not listen on " + engine.DefaultSocket + ", which its probe and nested " +
			"containers use: remove the patch that changes the arguments"
	}
	for _, group := range config.FlagValues(line, "--group", "-G") {
		isOurs := group == strconv.Itoa(engine.Group) || group == "0" && isRootlessDaemon(daemon)
		if !isOurs && !slices.Contains(pod.Get("securityContext", "supplementalGroups").Texts(), group) {
			return daemon.Get("args"), "the group of the daemon's socket is " + group + ", which the clients do not have: " +
				"remove the patch that changes the arguments"
		}
	}
	isGVisor := !own.True("privileged") && slices.Contains(own.Texts("capabilities", "add"), "ALL")
	for _, flag := range []string{"--iptables", "--ip6tables"} {
		if isGVisor && !slices.Contains(config.FlagValues(line, flag), "false") {
			return daemon.Get("args"), "without " + flag + "=false dockerd does not start in gVisor: remove the patch that " +
				"changes the arguments"
		}
	}
	return daemon.Field, ""
}

// asking matches a command of docker that fails until the daemon answers.
var asking = pattern.Lazy(`\bdocker\s+(?:-\S+\s+)*(?:info|version|ps|images|system|container)\b`)

// ofStart checks that the clients wait until the daemon answers; see startupProbe.
func ofStart(_ kube.Pod, daemon kube.Container) (kube.Field, string) {
	at := daemon.Get("startupProbe")
	if !daemon.IsSidecar() {
		at = daemon.Get("lifecycle", "postStart")
	}
	exec := at.Texts("exec", "command")
	asks := asking().MatchString(strings.Join(exec, " "))
	isOther := at.Get("httpGet").Exists() || at.Get("tcpSocket").Exists() || at.Get("grpc").Exists()
	switch {
	case isOther:
		return at, ""
	case len(exec) == 0, exec[0] == "docker" && !asks, exec[0] == "sh" && len(exec) < 3:
		return daemon.Field, "nothing delays the clients until the daemon answers: remove the patch that changes its " +
			at.Name()
	}
	host := cmp.Or(daemon.Env("DOCKER_HOST").Text("value"), engine.DefaultSocket)
	if asks && !slices.ContainsFunc(hostsOf(daemon), func(own string) bool {
		return socket.Normalize(own) == socket.Normalize(host)
	}) {
		return at, "docker in the daemon's container calls " + host + ", where the daemon does not listen: remove the " +
			"patch that changes its arguments or variables"
	}
	return at, ""
}

// ofData checks that the daemon's images are in a volume: see store.
func ofData(_ kube.Pod, daemon kube.Container) (kube.Field, string) {
	root, isRootless := discover.DockerData, isRootlessDaemon(daemon)
	if isRootless {
		root = engine.RootlessData
	}
	if given := config.FlagValues(daemon.CommandLine(), "--data-root"); len(given) > 0 {
		root = given[len(given)-1]
	}
	switch volume, inside := fileInVolume(daemon, socket.Normalize(root)); {
	case volume == "":
		return daemon.Field, "the daemon's data folder " + root + " is not in a volume, and overlays cannot be mounted " +
			"there: remove the patch that changes the mount of " + journal.DataVolume
	case isRootless && inside == "/":
		return daemon.Get("args"), "the daemon's data folder " + root + " is the top of a volume, which belongs to root, " +
			"and the daemon is rootless: remove the patch that changes --data-root"
	}
	return daemon.Field, ""
}
