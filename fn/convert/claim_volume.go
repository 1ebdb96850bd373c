package convert

import (
	"sync"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// readVolumeClaims defines how volumesByClaim reads the set: few configurations need it.
func (c *converter) readVolumeClaims() {
	c.volumesByClaim = sync.OnceValue(func() map[claim]*kube.Object {
		all := map[claim]*kube.Object{}
		for _, pv := range c.Set.Copies("PersistentVolume") {
			if ref := pv.Root().Get("spec", "claimRef"); ref.Text("name") != "" {
				all[claim{ref.Text("namespace"), ref.Text("name")}] = pv
			}
		}
		return all
	})
}

// volumeBehind returns the PersistentVolume of a claim, or nil if the input does not tell it.
func (c *converter) volumeBehind(namespace, name string) *kube.Object {
	if pvc := c.Set.Find("", "PersistentVolumeClaim", namespace, name); pvc != nil {
		if volume := pvc.Root().Text("spec", "volumeName"); volume != "" {
			return c.Set.Find("", "PersistentVolume", "", volume)
		}
	}
	return c.volumesByClaim()[claim{namespace, name}]
}

// mountBehind returns what says that a claim is on a network file system: the field of its volume, or of its class.
func (c *converter) mountBehind(namespace, name string) networkMount {
	if pv := c.volumeBehind(namespace, name); pv != nil {
		return mountOf(pv.Root().Get("spec"))
	}
	if pvc := c.Set.Find("", "PersistentVolumeClaim", namespace, name); pvc != nil {
		return c.mountOfClass(pvc.Root().Text("spec", "storageClassName"))
	}
	return networkMount{}
}

// mountOfClass reads the provisioner of a StorageClass in the input.
func (c *converter) mountOfClass(name string) networkMount {
	if name == "" {
		return networkMount{}
	}
	class := c.Set.Find("storage.k8s.io", "StorageClass", "", name)
	if class == nil {
		return networkMount{}
	}
	return mountBy(class.Root().Get("provisioner"))
}

// refuseClaimVolume reports a volume that cannot keep the daemon's data, as far as the input tells what is behind its
// claim.
func (c *converter) refuseClaimVolume(client *Client) {
	storage, namespace := c.Daemon.Storage, client.ref.Namespace
	if storage.Ephemeral != nil {
		warnOfNetworkMount(client, c.mountOfClass(storage.Ephemeral.StorageClassName))
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
	warnOfNetworkMount(client, c.mountBehind(namespace, name))
	if pv := c.volumeBehind(namespace, name); pv != nil {
		warnOfReadOnly(client, pv)
		if at := socket.Normalize(onNode(pv)); socket.IsBelow(at, dockerData) {
			refuse(pv.Root().Get("spec"), "is %s of the node, where the node's Docker has its data: two daemons in one folder "+
				"destroy it (moby#31600), and the daemon of %s would be one; use another folder", at, client.title())
		}
	}
}

func warnOfNetworkMount(client *Client, mount networkMount) {
	if mount.Exists() {
		client.warnAt(mount.Field, report.Because(report.StorageUnfit, "is %s, on which overlay2 does not work (%s): the "+
			"daemon of %s starts no container, or falls back to copies of whole images, which the server may refuse to "+
			"change the owner of; use a volume with a file system of its own for spec.daemon.storage",
			mount.of.name, mount.of.source, client.title()))
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
		client.reportAt(report.Error, f, report.Because(report.StorageUnfit, "mounts the volume read-only, and the daemon of "+
			"%s writes: remove it, or use another volume", client.title()))
	}
}
