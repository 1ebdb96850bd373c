package claims

import (
	"slices"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/kube"
)

// maxVolumes limits how many volumes of its class a claim is compared with.
const maxVolumes = 100

// fitting returns the first volume with a socket that the cluster may bind a claim to, or none. The cluster prefers
// existing volumes to making one (kubernetes.io/docs/concepts/storage/persistent-volumes, Binding). A claim without a
// class usually gets the default one, which no volume of a socket has. One that has the name of another volume is
// taken to be for that.
func (v *nodeVolumes) fitting(name string, spec kube.Field, class string, labels map[string]string) Volume {
	if !spec.Get("storageClassName").Exists() || v.stems[classed{class, stem(name)}] {
		return Volume{}
	}
	indexes := v.byClass[class]
	for _, n := range indexes[:min(len(indexes), maxVolumes)] {
		open := v.open[n]
		if open.fits(spec) && (len(labels) == 0 || open.has(labels)) {
			bound := open.Volume
			bound.Possibly = true
			return bound
		}
	}
	return Volume{}
}

// fits reports whether a volume has the access modes and the size that a claim asks for. What is not given fits.
func (v openVolume) fits(spec kube.Field) bool {
	for _, mode := range spec.Texts("accessModes") {
		if len(v.modes) > 0 && !slices.Contains(v.modes, mode) {
			return false
		}
	}
	size, err := resource.ParseQuantity(v.capacity)
	if err != nil {
		return true
	}
	request, err := resource.ParseQuantity(spec.Text("resources", "requests", "storage"))
	return err != nil || request.Cmp(size) <= 0
}
