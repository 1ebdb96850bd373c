package convert

import (
	"path"

	"github.com/boxp/dindify/fn/kube"
)

// mountedTexts returns the files that a container mounts from ConfigMaps and Secrets in the input, without
// duplicates.
func (c *converter) mountedTexts(pod kube.Pod, container kube.Container) []*sourceEntry {
	var all []*sourceEntry
	taken := map[*sourceEntry]bool{}
	for _, m := range container.Mounts() {
		volume := pod.Volume(m.Text("name"))
		if !volume.Exists() {
			continue
		}
		for _, from := range sourcesOf(volume) {
			for _, e := range c.shown(from, m) {
				if !taken[e] {
					all, taken[e] = append(all, e), true
				}
			}
		}
	}
	return all
}

// sourceKinds lists the fields of a volume, or of a projected source, that name a ConfigMap or Secret.
var sourceKinds = []struct{ kind, field, name string }{
	{"ConfigMap", "configMap", "name"}, {"Secret", "secret", "secretName"}, {"Secret", "secret", "name"},
}

// sourcesOf returns a volume and its projected sources: each may name one of sourceKinds.
func sourcesOf(volume kube.Field) []kube.Field {
	return append([]kube.Field{volume}, volume.Get("projected", "sources").Items()...)
}

// shown returns the entries that a mount of a volume shows.
func (c *converter) shown(volume, mount kube.Field) []*sourceEntry {
	var all []*sourceEntry
	for _, kind := range sourceKinds {
		name := volume.Text(kind.field, kind.name)
		if name == "" {
			continue
		}
		o := c.Set.Find("", kind.kind, volume.Object().Namespace(), name)
		if o == nil {
			continue
		}
		s := c.source(o)
		if !c.countLookups(len(s.entries)) {
			return nil
		}
		all = append(all, s.shownBy(volume.Get(kind.field, "items"), mount.Text("subPath"))...)
	}
	return all
}

// shownBy returns the entries that a mount shows: those of a list of items, or the one of a subPath.
func (s *source) shownBy(items kube.Field, subPath string) []*sourceEntry {
	at := map[string]string{} // path of each key, by the first item that names it
	for _, item := range items.Items() {
		if key := item.Text("key"); at[key] == "" {
			at[key] = item.Text("path")
		}
	}
	if subPath != "" {
		subPath = path.Clean(subPath)
	}
	var all []*sourceEntry
	for _, e := range s.entries {
		file := e.key
		if len(at) > 0 {
			file = at[e.key]
		}
		if file != "" && (subPath == "" || isBelow(path.Clean(file), subPath)) {
			all = append(all, e)
		}
	}
	return all
}
