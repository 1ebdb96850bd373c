package convert

import (
	"strconv"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/sources"
)

// groupRead is the right of a file's group to read it.
const groupRead = 0o040

// warnOfFileModes warns of files that their group cannot read: in a pod with an fsGroup the kubelet adds that right
// (k8s.io/kubernetes, pkg/volume/volume_linux.go, changeFilePermission), and ssh refuses such a key (kubernetes#57923).
func warnOfFileModes(client *Client) {
	for _, v := range client.Volumes() {
		for _, f := range fileModes(v) {
			mode, err := strconv.ParseUint(f.Text(), 0, 32)
			if err != nil || mode&groupRead != 0 {
				continue
			}
			f.Warn(report.Because(report.VolumesOwned, "becomes %#o, since the fsGroup of a pod with a rootless daemon lets "+
				"its group read the files: ssh refuses such a key, for example; copy it in an init container, and set its mode "+
				"there", mode|0o440))
		}
	}
}

// fileModes returns the modes that a volume sets.
func fileModes(volume kube.Field) (modes []kube.Field) {
	for _, from := range sources.Of(volume) {
		for _, name := range kube.FileSources {
			source := from.Get(name)
			modes = append(modes, source.Get("defaultMode"))
			for _, item := range source.Get("items").Items() {
				modes = append(modes, item.Get("mode"))
			}
		}
	}
	return modes
}
