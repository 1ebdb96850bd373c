package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/report"
)

// undoByName takes out of a workload that has lost its journal what dindify is known to add. What it had removed, it
// cannot know.
func (c *Conversion) undoByName() {
	for _, o := range c.Set.ObjectsIn(c.own) {
		if o.Converted() || !c.targets(o) {
			continue
		}
		for _, pod := range o.Pods() {
			if pod.Known && c.hasLostJournal(pod) {
				c.takeOut(pod)
			}
		}
	}
}

// lostJournals are the workloads, by namespace and title, that are converted and have no journal.
func (c *Conversion) lostJournals() map[string]bool {
	lost := map[string]bool{}
	for _, o := range c.Set.ObjectsIn(c.own) {
		if o.Converted() {
			continue
		}
		for _, pod := range o.Pods() {
			if !pod.Known || !c.hasLostJournal(pod) {
				continue
			}
			lost[o.Namespace()+"/"+o.Title()] = true
			if c.Mode != config.DooD {
				pod.Warn(report.Because(report.JournalMissing,
					"has dindify's daemon, and no annotation %s: left as it is; restore the annotation from version control, or set spec.mode to DooD, which takes out what can be told by its name", manifest.JournalAnnotation))
			}
		}
	}
	return lost
}

// hasLostJournal is true of a pod with a container that is called as the daemon and mounts its volume.
func (c *Conversion) hasLostJournal(pod manifest.Pod) bool {
	return slices.ContainsFunc(pod.Containers(), func(container manifest.Container) bool {
		return container.Name() == c.Daemon.Name && mountsOwn(container)
	})
}

func mountsOwn(container manifest.Container) bool {
	return slices.ContainsFunc(container.Mounts(), isOwnMount)
}

func isOwnMount(m manifest.Field) bool { return slices.Contains(manifest.OwnVolumes, m.Text("name")) }

func (c *Conversion) takeOut(pod manifest.Pod) {
	why := report.Because(report.JournalMissing, "taken out by its name: the journal of the conversion is gone")
	pod.Warn(report.Because(report.JournalMissing,
		"the annotation %s is gone, so this is the best that can be done: what dindify adds is out; put back by hand what it had removed (the socket's volume and mounts, hostNetwork), or restore the annotation from version control and revert again", manifest.JournalAnnotation))
	for _, container := range pod.Containers() {
		if container.Name() == c.Daemon.Name || container.Name() == manifest.PrunerContainer {
			container.Delete(why)
			continue
		}
		for _, m := range container.Mounts() {
			if isOwnMount(m) {
				m.Delete(why)
			}
		}
		for _, name := range []string{"DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"} {
			if v := container.Env(name); v.Exists() && isOwnValue(v.Text("value")) {
				v.Delete(why)
			}
		}
	}
	for _, v := range pod.Get("volumes").Items() {
		if slices.Contains(manifest.OwnVolumes, v.Text("name")) {
			v.Delete(why)
		}
	}
}

func isOwnValue(value string) bool {
	return slices.Contains([]string{"tcp://localhost:2375", "tcp://localhost:2376", "1", clientCerts}, value) || strings.HasPrefix(value, "unix://")
}
