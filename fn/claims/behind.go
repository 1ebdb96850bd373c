package claims

import (
	"github.com/boxp/dindify/fn/kube"
)

// reservedVolumes returns the PersistentVolumes that are reserved for a claim. Few configurations need them.
func (c *Index) reservedVolumes() map[claim]*kube.Object {
	all := map[claim]*kube.Object{}
	for _, pv := range c.set.Copies("PersistentVolume") {
		if ref := pv.Root().Get("spec", "claimRef"); ref.Text("name") != "" {
			all[claim{ref.Text("namespace"), ref.Text("name")}] = pv
		}
	}
	return all
}

// VolumeBehind returns the PersistentVolume of a claim, or nil if the input does not tell it.
func (c *Index) VolumeBehind(namespace, name string) *kube.Object {
	if pvc := c.set.Find("", "PersistentVolumeClaim", namespace, name); pvc != nil {
		if volume := pvc.Root().Text("spec", "volumeName"); volume != "" {
			return c.set.Find("", "PersistentVolume", "", volume)
		}
	}
	return c.reserved()[claim{namespace, name}]
}

// MountBehind returns what says that a claim is on a network file system: the field of its volume, or of its class.
func (c *Index) MountBehind(namespace, name string) NetworkMount {
	if pv := c.VolumeBehind(namespace, name); pv != nil {
		return mountOf(pv.Root().Get("spec"))
	}
	if pvc := c.set.Find("", "PersistentVolumeClaim", namespace, name); pvc != nil {
		return c.MountOfClass(pvc.Root().Text("spec", "storageClassName"))
	}
	return NetworkMount{}
}

// MountOfClass reads the provisioner of a StorageClass in the input.
func (c *Index) MountOfClass(name string) NetworkMount {
	if name == "" {
		return NetworkMount{}
	}
	class := c.set.Find("storage.k8s.io", "StorageClass", "", name)
	if class == nil {
		return NetworkMount{}
	}
	return mountBy(class.Root().Get("provisioner"))
}
