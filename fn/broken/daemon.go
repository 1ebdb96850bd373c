package broken

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
)

// daemonProblems are the reasons why the daemon of a conversion does not run, or is of no use. Each returns the field
// and the reason, which is empty if there is none. They compare what the fields mean: an overlay may write them in
// another way, and the API server adds defaults.
var daemonProblems = []func(kube.Pod, kube.Container) (at kube.Field, why string){
	ofLifetime, ofNetwork, ofPrivileges, ofUser, ofProfile, ofProgram, ofVariables, ofArguments, ofStart, ofData,
	ofMirrors,
}

func ofLifetime(_ kube.Pod, daemon kube.Container) (kube.Field, string) {
	if daemon.List != "initContainers" || daemon.IsSidecar() {
		return daemon.Field, ""
	}
	return daemon.Field, "is an init container without restartPolicy Always: the pod waits for its end"
}

func ofNetwork(pod kube.Pod, _ kube.Container) (kube.Field, string) {
	if !pod.True("hostNetwork") {
		return pod.Field, ""
	}
	return pod.Get("hostNetwork"), "the pod is in the node's network, and so are the daemon's bridge and its rules for " +
		"packets: remove the patch that sets hostNetwork"
}

// ofPrivileges checks that a daemon is privileged, or has what one of the other isolations gives it.
func ofPrivileges(pod kube.Pod, daemon kube.Container) (kube.Field, string) {
	own := daemon.Get("securityContext")
	added := own.Texts("capabilities", "add")
	hasUserNamespace := pod.Text("hostUsers") == "false"
	switch {
	case own.True("privileged"), slices.Contains(added, "ALL"):
		return own, ""
	case len(added) == 0 && hasUserNamespace && pod.Text("runtimeClassName") != "" && own.Text("procMount") == "":
		return own, "" // Sysbox
	case slices.Contains(added, "SYS_ADMIN") && slices.Contains(added, "NET_ADMIN") &&
		own.Text("procMount") == api.UnmaskedProcMount && hasUserNamespace:
		return own, ""
	}
	return own, "the daemon is no longer privileged, and does not start: remove the patch that changes it, or set " +
		"spec.daemon.isolation"
}

// ofUser checks that the daemon runs as root, or as the user of the rootless image.
func ofUser(pod kube.Pod, daemon kube.Container) (kube.Field, string) {
	of := func(field string) string {
		if own := daemon.Get("securityContext", field); own.Exists() {
			return own.Text()
		}
		return pod.Text("securityContext", field)
	}
	user, at := of("runAsUser"), daemon.Get("securityContext")
	switch isRootless := isRootlessDaemon(daemon); {
	case isRootless && user != "" && user != "1000":
		return at, "the rootless daemon runs as user " + user + ", and works only as 1000: remove the patch that changes it"
	case !isRootless && user != "" && user != "0":
		return at, "the daemon runs as user " + user + ", and works only as root: remove the patch that changes it"
	case isRootless && user == "" && of("runAsNonRoot") == "true":
		return at, "the user of the rootless image has no number, so runAsNonRoot forbids it: remove the patch that " +
			"removes runAsUser"
	case !isRootless && of("runAsNonRoot") == "true":
		return at, "the daemon runs as root, which runAsNonRoot forbids: remove the patch that changes it"
	}
	return at, ""
}

// ofProfile checks that the daemon is exempt from the pod's AppArmor profile; see confine.
func ofProfile(pod kube.Pod, daemon kube.Container) (kube.Field, string) {
	own := daemon.Get("securityContext")
	profile := pod.Text("securityContext", "appArmorProfile", "type")
	if own.Get("appArmorProfile").Exists() {
		profile = own.Text("appArmorProfile", "type")
	}
	isConfined := !own.True("privileged") && own.Text("procMount") != "" // a user namespace: see securityContext
	switch {
	case isConfined && profile != api.AppArmorProfileTypeUnconfined,
		profile != "" && profile != api.AppArmorProfileTypeUnconfined && own.Exists(): // Sysbox has none, and a warning
		return own, "the AppArmor profile of the pod or the node also applies to the daemon, which mounts file systems: " +
			"remove the patch that changes it"
	case isConfined && own.Text("seccompProfile", "type") != api.SeccompProfileTypeUnconfined:
		return own, "the seccomp profile of the pod or the node also applies to the daemon, which mounts file systems: " +
			"remove the patch that changes it"
	}
	return own, ""
}

// ofProgram checks that a container runs dockerd, as far as its image and its command tell. What the entrypoint of an
// image with a name of its own starts is not known.
func ofProgram(_ kube.Pod, daemon kube.Container) (kube.Field, string) {
	image, command := daemon.Text("image"), daemon.Texts("command")
	line := daemon.CommandLine()
	switch {
	case config.LacksDaemon(image) != "":
		return daemon.Get("image"), "the image " + image + " has no Docker daemon: something changed it after the " +
			"conversion, such as images: of a kustomization that names docker; use another name, or a digest, for " +
			"spec.daemon.image"
	case len(command) > 0 && discover.RunsDaemon("", command[:1], nil) == "" &&
		!isShellWith(line, discover.RunsDaemon("", nil, line)):
		return daemon.Get("command"), "the container no longer runs dockerd: remove the patch that sets its command"
	case len(command) == 0 && discover.IsProgram(line) && discover.RunsDaemon("", line[:1], nil) == "":
		return daemon.Get("args"), "the container runs " + line[0] + " instead of dockerd: remove the patch that changes " +
			"its arguments"
	case len(command) == 0 && !discover.IsProgram(line) && isEmptied(daemon.Env("DOCKER_TLS_CERTDIR")):
		return daemon.Get("args"), "without the word dockerd the image's entrypoint opens the daemon's API to the network, " +
			"without TLS: remove the patch that changes the arguments"
	}
	return daemon.Field, ""
}

// isRootlessDaemon reports whether a daemon of a conversion is rootless.
func isRootlessDaemon(daemon kube.Container) bool {
	volume, _ := fileInVolume(daemon, engine.RootlessData)
	return volume == journal.DataVolume || strings.Contains(daemon.Text("image"), "rootless")
}

// isShellWith reports whether a command line is a script of a shell that has a sign of a daemon.
func isShellWith(line []string, sign string) bool {
	return sign != "" && strings.HasSuffix(line[0], "sh")
}

// isEmptied reports whether a variable exists and has no value.
func isEmptied(v kube.Field) bool {
	return v.Exists() && v.Text("value") == "" && !v.Get("valueFrom").Exists()
}
