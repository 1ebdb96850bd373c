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

// Broken is a reason why an existing conversion no longer works.
type Broken struct {
	Object report.Object
	Path   string // of the field
	Line   int    // 1-based line of the field in the file; 0 if unknown
	Why    string
}

// brokenConversions checks converted objects after a build or an edit: patches, images and names of overlays are
// applied after the conversion, and kustomize does not know every name in it.
func (c *converter) brokenConversions() (all []Broken) {
	broken := func(f kube.Field, why string) { // immediately: the tree is released afterwards
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

// checkWorkload checks the pods of a converted workload: those that the conversion edited, and those with a daemon,
// since an overlay may have moved them. If there are none, all pods have lost theirs.
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

// checkDaemon checks a pod of a converted workload: it has a working daemon, and the clients find it. added has the
// paths of the lists of variables to which the conversion added DOCKER_HOST.
func checkDaemon(pod kube.Pod, added map[string]bool, broken func(kube.Field, string)) {
	daemon := dataContainer(pod)
	switch {
	case !daemon.Exists():
		broken(pod.Field, "the daemon that the conversion added is no longer in the pod: revert and convert again")
	case daemon.List == "initContainers" && !daemon.IsSidecar():
		broken(daemon.Field, "is an init container without restartPolicy Always: the pod waits for its end")
	case lostPrivileges(pod, daemon):
		broken(daemon.Get("securityContext"), "the daemon is no longer privileged, and does not start: remove the patch "+
			"that changes it, or set spec.daemon.isolation")
	case !runsDockerd(daemon):
		broken(daemon.Get("image"), "the image "+daemon.Text("image")+" has no Docker daemon: something changed it after "+
			"the conversion, such as images: of a kustomization that names docker; use another name, or a digest, for "+
			"spec.daemon.image")
	}
	for _, container := range pod.Containers() {
		if added[container.Path()+".env"] {
			checkEndpoint(container, daemon, broken)
		}
	}
	for _, container := range pod.Containers() {
		for _, m := range container.Mounts() {
			path := pod.Volume(m.Text("name")).Text("hostPath", "path")
			if strings.HasSuffix(strings.TrimRight(path, "/"), "docker.sock") {
				broken(m, "the node's socket "+path+" is mounted again beside the pod's own daemon: remove the patch "+
					"that adds it")
			}
		}
	}
}

// lostPrivileges reports whether a daemon is not privileged, and has neither capabilities nor a runtime instead.
func lostPrivileges(pod kube.Pod, daemon kube.Container) bool {
	return daemon.Text("securityContext", "privileged") == "false" && pod.Text("runtimeClassName") == "" &&
		!daemon.Get("securityContext", "capabilities", "add").Exists()
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

// runsDockerd reports whether a container runs dockerd, as far as its image and its command tell. What the entrypoint
// of an image with a name of its own starts is not known.
func runsDockerd(c kube.Container) bool {
	command, args := c.Texts("command"), c.Texts("args")
	if config.LacksDaemon(c.Text("image")) != "" {
		return false
	}
	return RunsDaemon(c.Text("image"), command, args) != "" || len(command) == 0 && !isProgram(args)
}
