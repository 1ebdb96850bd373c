package convert

import (
	"slices"
	"strings"
	"sync"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Broken is something by which a conversion that was carried out does not work any more.
type Broken struct {
	Object report.Object
	Path   string // of the field
	Line   int    // of the field in the file, from 1; 0 where unknown
	Why    string
}

// brokenConversions looks at converted objects, as a build or an editor left them: patches, images and names of
// overlays come after the conversion, and kustomize does not know every name in it.
func (c *Conversion) brokenConversions() (all []Broken) {
	broken := func(f kube.Field, why string) { // at once: the tree is released afterwards
		all = append(all, Broken{Object: f.Object().Ref(), Path: f.Path(), Line: f.FileLine(), Why: why})
		f.Warn(report.Because(report.ConversionBroken, "%s", why))
	}
	converted := c.Set.ObjectsIn(c.Set.Mentioning(ours))
	peers := sync.OnceValue(func() *execPeers { return newExecPeers(c.Set, converted) })
	for _, o := range converted {
		switch {
		case o.Kind() == "CronJob":
			for _, pod := range o.Pods() {
				if isExecJob(o, pod) {
					peers().checkExec(o, pod, broken)
				}
			}
		case journal.On(o):
			checkWorkload(o, broken)
		}
	}
	return all
}

// checkWorkload looks at the pods of a converted workload: those that the conversion edited, and those that have a
// daemon, since an overlay may have moved them. Where there is neither, all of them have lost theirs.
func checkWorkload(o *kube.Object, broken func(kube.Field, string)) {
	notes := journal.NotesOn(o)
	if notes.AreForeign() {
		return
	}
	pods, added := o.Pods(), notes.Added("DOCKER_HOST")
	isConverted := func(pod kube.Pod) bool { return notes.Edited(pod.Path()) || dataContainer(pod).Exists() }
	isAny := slices.ContainsFunc(pods, isConverted)
	for _, pod := range pods {
		if !isAny || isConverted(pod) {
			checkDaemon(pod, added, broken)
		}
	}
}

// checkDaemon looks at a pod of a converted workload: the daemon is there and is one, and the clients find it. Added
// are the paths of the lists of variables to which the conversion added DOCKER_HOST.
func checkDaemon(pod kube.Pod, added map[string]bool, broken func(kube.Field, string)) {
	daemon := dataContainer(pod)
	switch {
	case !daemon.Exists():
		broken(pod.Field, "the daemon that the conversion added is not in the pod any more: revert and convert again")
	case !runsDockerd(daemon):
		broken(daemon.Get("image"), "the image "+daemon.Text("image")+" has no Docker daemon: something changed it after "+
			"the conversion, such as images: of a "+
			"kustomization that names docker; give spec.daemon.image a name of its own, or a digest")
	}
	for _, container := range pod.Containers() {
		if added[container.Path()+".env"] && !container.Env("DOCKER_HOST").Exists() {
			broken(container.Field, "the conversion set DOCKER_HOST, and the container has it no more: take out the patch "+
				"that removes it")
		}
	}
	for _, container := range pod.Containers() {
		for _, m := range container.Mounts() {
			path := pod.Volume(m.Text("name")).Text("hostPath", "path")
			if strings.HasSuffix(strings.TrimRight(path, "/"), "docker.sock") {
				broken(m, "the node's socket "+path+" is mounted again, beside the pod's own daemon: take out the patch "+
					"that adds it")
			}
		}
	}
}

// dataContainer is the one that has the volume of a daemon's images.
func dataContainer(pod kube.Pod) kube.Container {
	for _, container := range pod.Containers() {
		for _, m := range container.Mounts() {
			if m.Text("name") == journal.DataVolume && container.Name() != journal.PrunerContainer {
				return container
			}
		}
	}
	return kube.Container{}
}

// runsDockerd reports whether a container runs dockerd, as far as its image and its command tell. What the entrypoint
// of an image with a name of its own starts is not known.
func runsDockerd(c kube.Container) bool {
	command, args := c.Texts("command"), c.Texts("args")
	if config.LacksDaemon(c.Text("image")) != "" {
		return false
	}
	return RunsDaemon(c.Text("image"), command, args) != "" || len(command) == 0 && !isProgram(args)
}
