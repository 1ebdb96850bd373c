package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// revertWithoutJournal removes from workloads without a journal everything that dindify is known to add. What the
// conversion had removed is unknown.
func (c *converter) revertWithoutJournal(own []*kube.Item, found []traces) {
	var items []*kube.Item
	for i, t := range found {
		if len(t.lost) > 0 {
			items = append(items, own[i])
		}
	}
	c.edit(items, func(_ int, o *kube.Object) {
		if journal.On(o) || !c.Selects(o) {
			return
		}
		for _, pod := range o.Pods() {
			if pod.Known && c.isConverted(pod) { // not any more if it shares an anchor with one before it
				c.removeByName(pod)
			}
		}
	})
}

// podsWithoutJournal returns the converted pods of an object that has no journal.
func (c *converter) podsWithoutJournal(o *kube.Object) (pods []kube.Pod) {
	if journal.On(o) {
		return nil
	}
	for _, pod := range o.Pods() {
		if pod.Known && c.isConverted(pod) {
			pods = append(pods, pod)
		}
	}
	return pods
}

// warnOfLostJournal warns of such pods, unless the run can handle them.
func (c *converter) warnOfLostJournal(pods []kube.Pod) {
	if c.Mode == config.DooD || c.Journal == config.JournalNone {
		return
	}
	for _, pod := range pods {
		pod.Warn(report.Because(report.JournalMissing,
			"has dindify's daemon, but no annotation %s: not changed; restore the annotation from version control, or set "+
				"spec.mode to DooD, which removes what can be identified by name", journal.Annotation))
	}
}

// isConverted reports whether a pod has a container with the daemon's name and volume.
func (c *converter) isConverted(pod kube.Pod) bool {
	return slices.ContainsFunc(pod.Containers(), func(container kube.Container) bool {
		return container.Name() == c.Daemon.Name && mountsOwn(container)
	})
}

func mountsOwn(container kube.Container) bool {
	return slices.ContainsFunc(container.Mounts(), isOwnMount)
}

func isOwnMount(m kube.Field) bool { return journal.IsOwnVolume(m.Text("name")) }

func (c *converter) removeByName(pod kube.Pod) {
	why := report.Because(report.JournalMissing, "removed by its name: the journal of the conversion is missing")
	pod.Warn(report.Because(report.JournalMissing,
		"the annotation %s is missing, so dindify removes only its containers, volumes and variables; restore by hand "+
			"what the conversion removed (the socket's volume and mounts, hostNetwork) or changed (supplementalGroups, "+
			"hostAliases, terminationGracePeriodSeconds); or restore the annotation from version control, and revert this "+
			"input again", journal.Annotation))
	for _, container := range pod.Containers() {
		if container.Name() == c.Daemon.Name || journal.IsPruner(container) {
			container.Delete(why)
			continue
		}
		for _, m := range container.Mounts() {
			if isOwnMount(m) {
				m.Delete(why)
			}
		}
		for _, name := range connectionEnv {
			if v := container.Env(name); v.Exists() && isOwnValue(v.Text("value")) {
				v.Delete(why)
			}
		}
	}
	for _, v := range pod.Get("volumes").Items() {
		if journal.IsOwnVolume(v.Text("name")) {
			v.Delete(why)
		}
	}
}

func isOwnValue(value string) bool {
	return slices.Contains([]string{tcpEndpoint, tlsEndpoint, "1", clientCerts}, value) ||
		strings.HasPrefix(value, "unix://")
}
