// Package broken finds conversions that no longer work: an overlay, a patch or an edit changed afterwards what the
// conversion added, or what it needs. It compares what the fields mean with what the journal says was added, and does
// not know the passes.
package broken

import (
	"slices"
	"strings"
	"sync"

	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Conversion is an existing conversion that no longer works, with one reason.
type Conversion struct {
	Object report.Object
	Path   string // of the field
	Line   int    // 1-based line of the field in the file; 0 if unknown
	Why    string
}

// Find checks converted objects after a build or an edit, and reports what is broken: patches, images and names of
// overlays are applied after the conversion, and kustomize does not know every name in it.
func Find(set *kube.Set) (all []Conversion) {
	broken := func(f kube.Field, why string) { // immediately: the tree is released afterwards
		there := f
		for !there.Exists() && there.Parent() != nil {
			there = *there.Parent()
		}
		all = append(all, Conversion{Object: f.Object().Ref(), Path: f.Path(), Line: there.FileLine(), Why: why})
		f.Warn(report.Because(report.ConversionBroken, "%s", why))
	}
	converted := set.ObjectsIn(set.Mentioning(journal.Word))
	peers := sync.OnceValue(func() *execPeers { return newExecPeers(set, converted) })
	for _, o := range converted {
		pods, isJob := o.Pods(), false
		if discover.IsTooLarge(o, pods) {
			continue // an error, see refuseTooLarge
		}
		for _, pod := range pods {
			if isExecJob(o, pod) {
				isJob = true
				peers().checkExec(o, pod, broken)
			}
		}
		if !isJob && journal.On(o) {
			checkWorkload(o, broken)
		}
	}
	return all
}

// checkWorkload checks the pods of a converted workload: those that the conversion edited, and those with a daemon,
// since an overlay may have moved them. If there are none, all pods have lost theirs.
func checkWorkload(o *kube.Object, broken func(kube.Field, string)) {
	notes := journal.NotesOn(o)
	switch {
	case notes.AreForeign():
		return
	case notes.Serves != "":
		broken(o.Root().Get("spec", "jobTemplate", "spec", "template", "spec"), "the job no longer runs kubectl exec, by "+
			"which it cleans the daemon of "+notes.Serves+": remove the patch that changes its command")
		return
	}
	pods := o.Pods()
	isConverted := func(pod kube.Pod) bool { return notes.Edited(pod.Path()) || dataContainer(pod).Exists() }
	isAny := slices.ContainsFunc(pods, isConverted)
	var at []string // the paths that already have a row
	once := func(f kube.Field, why string) {
		broken(f, why)
		at = append(at, f.Path())
	}
	for _, pod := range pods {
		if !isAny || isConverted(pod) {
			checkPod(pod, notes, once)
		}
	}
	for _, lost := range notes.Lost() {
		if !slices.ContainsFunc(at, func(path string) bool { return isWithin(path, lost.In.Path()) }) {
			broken(lost.In, "lacks "+lost.Name+", which the conversion added here: remove the patch that removes or renames it")
		}
	}
}

// isWithin reports whether one of two paths is the other, or leads into it.
func isWithin(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	rest, ok := strings.CutPrefix(b, a)
	return ok && (rest == "" || a == "" || rest[0] == '.' || rest[0] == '[')
}

// checkPod checks a pod of a converted workload: it has a working daemon, and the clients find it.
func checkPod(pod kube.Pod, notes journal.Notes, broken func(kube.Field, string)) {
	daemon := addedContainer(pod, notes.Daemon)
	if !daemon.Exists() {
		broken(pod.Field, "the daemon that the conversion added is no longer in the pod: revert and convert again")
		return
	}
	for _, problem := range daemonProblems {
		if at, why := problem(pod, daemon); why != "" {
			broken(at, why)
			break
		}
	}
	isReady, hasPruner := false, notes.HasPruner()
	for _, container := range pod.Containers() {
		switch {
		case container.Is(daemon.Field):
			isReady = true
		case hasPruner && container.Name() == journal.PrunerContainer && !prunes(pod, container):
			broken(container.Field, "no longer cleans the daemon, or keeps the pod from starting: remove the patch that "+
				"changes its command, its restartPolicy or its user")
		case !notes.Connected(container.Path()) && (!hasPruner || container.Name() != journal.PrunerContainer):
		case !isReady:
			broken(container.Field, "starts before the daemon, which the conversion put before it: remove the patch that "+
				"changes the order")
		default:
			checkEndpoint(container, daemon, broken)
		}
		checkNodeSocket(pod, container, broken)
	}
}

// prunes reports whether the container beside the daemon runs, and does not keep others from starting; see addPruner.
func prunes(pod kube.Pod, pruner kube.Container) bool {
	own, of := pruner.Get("securityContext"), pod.Get("securityContext")
	hasUser := own.Get("runAsUser").Exists() || of.Get("runAsUser").Exists()
	return pruner.IsSidecar() && len(pruner.Texts("command")) > 0 && (hasUser || !own.True("runAsNonRoot"))
}

// checkNodeSocket checks that a container does not mount the socket of the node's Docker.
func checkNodeSocket(pod kube.Pod, container kube.Container, broken func(kube.Field, string)) {
	for _, m := range container.Mounts() {
		path := pod.Volume(m.Text("name")).Text("hostPath", "path")
		if strings.HasSuffix(strings.TrimRight(path, "/"), "docker.sock") {
			broken(m, "the node's socket "+path+" is mounted again beside the pod's own daemon: remove the patch "+
				"that adds it")
		}
	}
}

// addedContainer returns the daemon's container: by the name in the journal, or the one with the daemon's volume.
func addedContainer(pod kube.Pod, name string) kube.Container {
	if daemon := pod.Container(name); name != "" && daemon.Exists() {
		return daemon
	}
	return dataContainer(pod)
}

// dataContainer returns the container with the volume of a daemon's images.
func dataContainer(pod kube.Pod) kube.Container {
	for _, container := range pod.Containers() {
		for _, m := range container.Mounts() {
			if m.Text("name") == journal.DataVolume && !journal.IsPruner(container) {
				return container
			}
		}
	}
	return kube.Container{}
}
