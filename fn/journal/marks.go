package journal

import (
	"slices"

	"github.com/boxp/dindify/fn/kube"
)

// Word occurs in everything that dindify writes: annotations and labels of dindify.dev, names of its volumes, its
// configuration.
const Word = "dind"

// role is the kind of marks that a conversion left on an object.
type role int

const (
	none    role = iota
	client       // has a daemon in the pod, with its data volume
	cleanup      // is a CronJob whose command is kubectl exec into a daemon
)

// findRole searches for the daemon that the journal names. A journal of version 1 names none; any container that
// mounts the daemon's data volume counts then.
func findRole(o *kube.Object, j *journal) role {
	for _, pod := range o.Pods() {
		if !pod.Known {
			continue
		}
		for _, container := range pod.Containers() {
			if isDaemon(pod, container) && (container.Name() == j.Daemon || j.Version == 1) {
				j.Daemon = container.Name()
				return client
			}
			if exec, ok := execOf(container); ok && o.Kind() == "CronJob" && (exec.Container == j.Daemon || j.Version == 1) {
				j.Daemon = exec.Container
				return cleanup
			}
		}
	}
	return none
}

// isDaemon reports whether a container mounts the data volume of a daemon and the pod has that volume.
func isDaemon(pod kube.Pod, container kube.Container) bool {
	isData := func(f kube.Field) bool { return f.Text("name") == DataVolume }
	return slices.ContainsFunc(container.Mounts(), isData) && slices.ContainsFunc(pod.Get("volumes").Items(), isData)
}

// execCommand is a command that runs in a container by kubectl exec.
type execCommand struct {
	Target    string   // kind/name
	Container string   // container name
	Command   []string // the command
}

// execOf parses the command of a container that calls kubectl exec, in the form that a conversion writes; ok is false
// for any other command.
func execOf(container kube.Container) (exec execCommand, ok bool) {
	words := container.Texts("command")
	end := slices.Index(words, "--")
	if end < 5 || words[0] != "kubectl" || words[1] != "exec" || words[end-2] != "-c" || len(words) == end+1 ||
		container.Get("args").Exists() {
		return exec, false
	}
	return execCommand{Target: words[end-3], Container: words[end-1], Command: words[end+1:]}, true
}
