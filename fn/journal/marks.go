package journal

import (
	"slices"

	"github.com/boxp/dindify/fn/kube"
)

// role is which marks of a conversion an object carries.
type role int

const (
	none    role = iota
	client       // a daemon in the pod, with its data volume
	cleanup      // a CronJob whose command is kubectl exec into a daemon
)

// findRole looks for the daemon that a journal names. Journals of version 1 name none: there any container counts that
// mounts the daemon's data volume.
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
			if exec, ok := ExecOf(container); ok && o.Kind() == "CronJob" && (exec.Container == j.Daemon || j.Version == 1) {
				j.Daemon = exec.Container
				return cleanup
			}
		}
	}
	return none
}

// isDaemon is true of a container that mounts the data volume of a daemon, where the pod has that volume.
func isDaemon(pod kube.Pod, container kube.Container) bool {
	isData := func(f kube.Field) bool { return f.Text("name") == DataVolume }
	return slices.ContainsFunc(container.Mounts(), isData) && slices.ContainsFunc(pod.Get("volumes").Items(), isData)
}

// Exec is a command that kubectl runs in a container.
type Exec struct {
	Target    string   // kind/name
	Container string   // name of the container
	Command   []string // what is run there
}

// ExecOf reads the command of a container that calls kubectl exec, as a conversion writes it; ok is false of any other.
func ExecOf(container kube.Container) (exec Exec, ok bool) {
	words := container.Texts("command")
	end := slices.Index(words, "--")
	if end < 5 || words[0] != "kubectl" || words[1] != "exec" || words[end-2] != "-c" || len(words) == end+1 ||
		container.Get("args").Exists() {
		return exec, false
	}
	return Exec{Target: words[end-3], Container: words[end-1], Command: words[end+1:]}, true
}
