package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/kube"
)

// readTexts returns the files that a container mounts from ConfigMaps and Secrets in the input, and those that init
// containers mount which share a writable volume with it: charts let them copy a configuration to where the program
// can change it. Where such a copy is in the container is unknown, so its path is "".
func (r *reader) readTexts(pod kube.Pod, container kube.Container) []mountedText {
	all := r.mountedTexts(pod, container)
	taken := map[*sourceEntry]bool{}
	for _, t := range all {
		taken[t.sourceEntry] = true
	}
	for _, first := range pod.Containers() {
		if first.List != "initContainers" || first.IsSidecar() || first.Is(container.Field) || !copiesTo(first, container) {
			continue
		}
		for _, t := range r.mountedTexts(pod, first) {
			if !taken[t.sourceEntry] {
				all, taken[t.sourceEntry] = append(all, mountedText{sourceEntry: t.sourceEntry}), true
			}
		}
	}
	return all
}

// copiesTo reports whether a container can write files for another one.
func copiesTo(from, to kube.Container) bool {
	return slices.ContainsFunc(from.Mounts(), func(m kube.Field) bool {
		return !m.True("readOnly") && slices.ContainsFunc(to.Mounts(), func(other kube.Field) bool {
			return other.Text("name") == m.Text("name")
		})
	})
}
