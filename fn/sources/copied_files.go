package sources

import (
	"slices"

	"github.com/boxp/dindify/fn/kube"
)

// Files returns the files that a container mounts from ConfigMaps and Secrets in the input, and those that init
// containers mount which share a writable volume with it: charts let them copy a configuration to where the program
// can change it. Where such a copy is in the container is unknown, so its path is "".
func (r *Reader) Files(pod kube.Pod, container kube.Container) []File {
	all := r.MountedFiles(pod, container)
	taken := map[*Entry]bool{}
	for _, t := range all {
		taken[t.Entry] = true
	}
	for _, first := range pod.Containers() {
		if first.List != "initContainers" || first.IsSidecar() || first.Is(container.Field) || !copiesTo(first, container) {
			continue
		}
		for _, t := range r.MountedFiles(pod, first) {
			if !taken[t.Entry] {
				all, taken[t.Entry] = append(all, File{Entry: t.Entry}), true
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
