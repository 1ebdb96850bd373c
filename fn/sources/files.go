package sources

import (
	"path"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// File is a file that a container mounts from a ConfigMap or Secret.
type File struct {
	*Entry
	Path string // in the container
}

// MountedFiles returns the files that a container mounts from ConfigMaps and Secrets in the input. One that it mounts
// in several places has the path of the first.
func (r *Reader) MountedFiles(pod kube.Pod, container kube.Container) []File {
	var all []File
	taken := map[*Entry]bool{}
	for _, m := range container.Mounts() {
		volume := pod.Volume(m.Text("name"))
		if !volume.Exists() {
			continue
		}
		for _, from := range Of(volume) {
			for _, e := range r.shown(from, m) {
				if !taken[e.Entry] {
					all, taken[e.Entry] = append(all, e), true
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

// Of returns a volume and its projected sources: each may name one of sourceKinds.
func Of(volume kube.Field) []kube.Field {
	return append([]kube.Field{volume}, volume.Get("projected", "sources").Items()...)
}

// objectRef names a ConfigMap or Secret in the namespace of a pod.
type objectRef struct{ Kind, Name string }

// MountedObjects returns the ConfigMaps and Secrets that the volumes of a pod name.
func MountedObjects(pod kube.Pod) (all []objectRef) {
	for _, volume := range pod.Volumes() {
		for _, from := range Of(volume) {
			for _, kind := range sourceKinds {
				if name := from.Text(kind.field, kind.name); name != "" {
					all = append(all, objectRef{kind.kind, name})
				}
			}
		}
	}
	return all
}

// shown returns the entries that a mount of a volume shows.
func (r *Reader) shown(volume, mount kube.Field) []File {
	var all []File
	for _, kind := range sourceKinds {
		name := volume.Text(kind.field, kind.name)
		if name == "" {
			continue
		}
		o := r.set.Find("", kind.kind, volume.Object().Namespace(), name)
		if o == nil {
			continue
		}
		s := r.source(o)
		if !r.Lookups.Add(len(s.entries)) {
			return nil
		}
		all = append(all, s.shownBy(volume.Get(kind.field, "items"), mount)...)
	}
	return all
}

// shownBy returns the entries that a mount shows: those of a list of items, or the one of a subPath.
func (s *source) shownBy(items, mount kube.Field) []File {
	at := map[string]string{} // path of each key, by the first item that names it
	for _, item := range items.Items() {
		if key := item.Text("key"); at[key] == "" {
			at[key] = item.Text("path")
		}
	}
	subPath := mount.Text("subPath")
	if subPath != "" {
		subPath = path.Clean(subPath)
	}
	var all []File
	for _, e := range s.entries {
		file := e.Key
		if len(at) > 0 {
			file = at[e.Key]
		}
		if file = path.Clean(file); file != "." && (subPath == "" || socket.IsBelow(file, subPath)) {
			at := path.Join(mount.Text("mountPath"), strings.TrimPrefix(file, subPath))
			all = append(all, File{e, at})
		}
	}
	return all
}
