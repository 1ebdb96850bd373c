package convert

import (
	"github.com/boxp/dindify/fn/claims"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// refuseClaimVolume reports a volume that cannot keep the daemon's data, as far as the input tells what is behind its
// claim.
func (c *converter) refuseClaimVolume(client *Client) {
	storage, namespace := c.Daemon.Storage, client.ref.Namespace
	if storage.Ephemeral != nil {
		warnOfNetworkMount(client, c.claims.MountOfClass(storage.Ephemeral.StorageClassName))
	}
	if storage.PersistentVolumeClaim == nil {
		return
	}
	name := storage.PersistentVolumeClaim.ClaimName
	refuse := func(f kube.Field, problem string, args ...any) {
		client.reportAt(report.Error, f, report.Because(report.StorageUnfit, problem, args...))
	}
	if pvc := c.Set.Find("", "PersistentVolumeClaim", namespace, name); pvc != nil {
		warnOfReadOnly(client, pvc)
		if mode := pvc.Root().Get("spec", "volumeMode"); mode.Text() == "Block" {
			refuse(mode, "is Block, and the daemon of %s needs a file system: omit the field", client.title())
		}
	}
	warnOfNetworkMount(client, c.claims.MountBehind(namespace, name))
	if pv := c.claims.VolumeBehind(namespace, name); pv != nil {
		warnOfReadOnly(client, pv)
		if at := socket.Normalize(claims.NodePath(pv)); socket.IsBelow(at, discover.DockerData) {
			refuse(pv.Root().Get("spec"), "is %s of the node, where the node's Docker has its data: two daemons in one folder "+
				"destroy it (moby#31600), and the daemon of %s would be one; use another folder", at, client.title())
		}
	}
}

func warnOfNetworkMount(client *Client, mount claims.NetworkMount) {
	if mount.Exists() {
		client.warnAt(mount.Field, report.Because(report.StorageUnfit, "is %s, on which overlay2 does not work (%s): the "+
			"daemon of %s starts no container, or falls back to copies of whole images, which the server may refuse to "+
			"change the owner of; use a volume with a file system of its own for spec.daemon.storage",
			mount.FileSystem.Name, mount.FileSystem.Source, client.title()))
	}
}

// warnOfReadOnly warns of a volume that drivers mount read-only.
func warnOfReadOnly(client *Client, o *kube.Object) {
	if o == nil {
		return
	}
	spec := o.Root().Get("spec")
	if modes := spec.Texts("accessModes"); len(modes) == 1 && modes[0] == "ReadOnlyMany" {
		client.warnAt(spec.Get("accessModes"), report.Because(report.StorageUnfit, "is only ReadOnlyMany, and the daemon of "+
			"%s writes: it does not start where the driver mounts such a volume read-only; set ReadWriteOnce", client.title()))
	}
	if f := spec.Get("csi", "readOnly"); f.Text() == "true" {
		client.reportAt(report.Error, f, report.Because(report.StorageUnfit, "mounts the volume read-only, and the daemon "+
			"of %s writes: remove it, or use another volume", client.title()))
	}
}
