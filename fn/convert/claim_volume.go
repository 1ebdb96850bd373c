package convert

import (
	"github.com/boxp/dindify/fn/kube"
)

// reservedVolumes returns the PersistentVolumes that are reserved for a claim. Few configurations need them.
func (c *claimIndex) reservedVolumes() map[claim]*kube.Object {
	all := map[claim]*kube.Object{}
	for _, pv := range c.set.Copies("PersistentVolume") {
		if ref := pv.Root().Get("spec", "claimRef"); ref.Text("name") != "" {
			all[claim{ref.Text("namespace"), ref.Text("name")}] = pv
		}
	}
	return all
}

// volumeBehind returns the PersistentVolume of a claim, or nil if the input does not tell it.
func (c *claimIndex) volumeBehind(namespace, name string) *kube.Object {
	if pvc := c.set.Find("", "PersistentVolumeClaim", namespace, name); pvc != nil {
		if volume := pvc.Root().Text("spec", "volumeName"); volume != "" {
			return c.set.Find("", "PersistentVolume", "", volume)
		}
	}
	return c.reserved()[claim{namespace, name}]
}

// mountBehind returns what says that a claim is on a network file system: the field of its volume, or of its class.
func (c *claimIndex) mountBehind(namespace, name string) networkMount {
	if pv := c.volumeBehind(namespace, name); pv != nil {
		return mountOf(pv.Root().Get("spec"))
	}
	if pvc := c.set.Find("", "PersistentVolumeClaim", namespace, name); pvc != nil {
		return c.mountOfClass(pvc.Root().Text("spec", "storageClassName"))
	}
	return networkMount{}
}

// mountOfClass reads the provisioner of a StorageClass in the input.
func (c *claimIndex) mountOfClass(name string) networkMount {
	if name == "" {
		return networkMount{}
	}
	class := c.set.Find("storage.k8s.io", "StorageClass", "", name)
	if class == nil {
		return networkMount{}
	}
	return mountBy(class.Root().Get("provisioner"))
}
