package convert

import (
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// orderedAt returns the index at which a mount must be listed that replaces another one of a container.
//
// The runtime mounts paths of fewer parts first, and else in the order of the list (containerd, internal/cri/opts,
// orderedMounts). It counts the parts as they are written, but /var/run is a link to /run: of /var/run and /run/dbus,
// the one listed first is mounted first, and the other one must not hide it.
func orderedAt(mounts []kube.Field, replaced kube.Field, mountPath string) int {
	at := slices.IndexFunc(mounts, replaced.Is)
	for i, m := range mounts {
		other := m.Text("mountPath")
		if i == at || parts(other) != parts(mountPath) {
			continue
		}
		switch {
		case i < at && isInside(other, mountPath):
			return i
		case i > at && isInside(mountPath, other):
			at = i // where it is the next one, since the replaced one is gone
		}
	}
	return at
}

// parts returns the number of parts of a path.
func parts(p string) int { return strings.Count(path.Clean(p), "/") }

// isInside reports whether a path of a container is in a folder, and not the folder itself.
func isInside(p, folder string) bool {
	p, folder = socket.Normalize(p), socket.Normalize(folder)
	return p != folder && socket.IsBelow(p, folder)
}
