package convert

import (
	"slices"
	"strings"
	"sync"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// nfsDrivers are CSI drivers whose volumes are mounted by NFS.
var nfsDrivers = []string{
	"efs.csi.aws.com", "filestore.csi.storage.gke.io", "fsx.openzfs.csi.aws.com", "nfs.csi.k8s.io",
}

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

// nfsBehind returns what says that a claim is on NFS: the field of its volume, or of its class; none if nothing does.
func (c *converter) nfsBehind(namespace, name string) kube.Field {
	if pv := c.volumeBehind(namespace, name); pv != nil {
		spec := pv.Root().Get("spec")
		if slices.Contains(nfsDrivers, spec.Text("csi", "driver")) {
			return spec.Get("csi", "driver")
		}
		return spec.Get("nfs")
	}
	if pvc := c.Set.Find("", "PersistentVolumeClaim", namespace, name); pvc != nil {
		return c.nfsOfClass(pvc.Root().Text("spec", "storageClassName"))
	}
	return kube.Field{}
}

// nfsOfClass returns the provisioner of a StorageClass in the input if it makes volumes on NFS.
func (c *converter) nfsOfClass(name string) kube.Field {
	if name == "" {
		return kube.Field{}
	}
	class := c.Set.Find("storage.k8s.io", "StorageClass", "", name)
	if class == nil {
		return kube.Field{}
	}
	by := class.Root().Get("provisioner")
	if slices.Contains(nfsDrivers, by.Text()) || strings.Contains(by.Text(), "nfs") {
		return by
	}
	return kube.Field{}
}

// refuseClaimVolume reports a volume that cannot keep the daemon's data, as far as the input tells what is behind its
// claim.
func (c *converter) refuseClaimVolume(client *Client) {
	storage, namespace := c.Daemon.Storage, client.ref.Namespace
	if storage.Ephemeral != nil {
		warnOfNFS(client, c.nfsOfClass(storage.Ephemeral.StorageClassName))
	}
	if storage.PersistentVolumeClaim == nil {
		return
	}
	name := storage.PersistentVolumeClaim.ClaimName
	refuse := func(f kube.Field, problem string, args ...any) {
		client.reportAt(report.Error, f, report.Because(report.StorageUnfit, problem, args...))
	}
	if pvc := c.Set.Find("", "PersistentVolumeClaim", namespace, name); pvc != nil {
		if mode := pvc.Root().Get("spec", "volumeMode"); mode.Text() == "Block" {
			refuse(mode, "is Block, and the daemon of %s needs a file system: omit the field", client.title())
		}
	}
	warnOfNFS(client, c.nfsBehind(namespace, name))
	if pv := c.volumeBehind(namespace, name); pv != nil {
		if at := socket.Normalize(onNode(pv)); isBelow(at, dockerData) {
			refuse(pv.Root().Get("spec"), "is %s of the node, where the node's Docker has its data: two daemons in one folder "+
				"destroy it (moby#31600), and the daemon of %s would be one; use another folder", at, client.title())
		}
	}
}

func warnOfNFS(client *Client, nfs kube.Field) {
	if nfs.Exists() {
		client.warnAt(nfs, report.Because(report.StorageUnfit, "is NFS, on which dockerd has no overlay2: the daemon of %s "+
			"falls back to copies of whole images, which the server may refuse to change the owner of; use a volume with a "+
			"file system of its own for spec.daemon.storage", client.title()))
	}
}
