package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// claim is a PersistentVolumeClaim by namespace and name.
type claim struct{ namespace, name string }

// findClaims resolves PersistentVolumeClaims to the host paths of the PersistentVolumes in the input. A claim that
// does not name its volume is bound by the cluster, possibly to any volume of a fitting class and size. It is
// resolved to a volume with a socket if that has the same class, and is selected by the claim or has its name.
func (c *Conversion) findClaims() {
	c.claims = map[claim]string{}
	volumes := volumesOnNode(c.Set)
	if volumes == nil {
		return
	}
	for _, pvc := range c.Set.OfKinds("PersistentVolumeClaim") {
		if path := volumes.of(pvc); path != "" {
			c.claims[claim{pvc.Namespace(), pvc.Name()}] = path
		}
	}
}

// nodeVolumes holds the PersistentVolumes that are a folder or file of the node.
type nodeVolumes struct {
	byName   map[string]string // path by the name of the volume
	reserved map[claim]string  // path by the claim that the volume is reserved for (claimRef)
	anywhere map[string]string // path by the claim's name alone
	open     []openVolume
	byStem   map[classed]int   // of open, the last one of each class and stem
	byLabel  map[classed][]int // of open, in order
}

// classed is a stem, or a label as key=value, of volumes of one class.
type classed struct{ class, key string }

// openVolume has a socket, and is not reserved for a claim.
type openVolume struct {
	path, class, stem string
	labels            map[string]string
}

// volumesOnNode returns nil if there are none.
func volumesOnNode(set *kube.Set) *nodeVolumes {
	v := &nodeVolumes{
		byName: map[string]string{}, reserved: map[claim]string{}, anywhere: map[string]string{},
		byStem: map[classed]int{}, byLabel: map[classed][]int{},
	}
	for _, pv := range set.OfKinds("PersistentVolume") {
		path := onNode(pv)
		if path == "" {
			continue
		}
		v.byName[pv.Name()] = path
		if ref := pv.Text("spec", "claimRef", "name"); ref != "" {
			v.reserved[claim{pv.Text("spec", "claimRef", "namespace"), ref}], v.anywhere[ref] = path, path
		} else if _, leads := socket.Find(path); leads {
			v.add(openVolume{path, pv.Text("spec", "storageClassName"), stem(pv.Name()), pv.Labels()})
		}
	}
	if len(v.byName) == 0 {
		return nil
	}
	return v
}

// of returns the path of a claim's volume, or "" if it is not on the node or unknown.
func (v *nodeVolumes) of(pvc *kube.Object) string {
	name, namespace := pvc.Name(), pvc.Namespace()
	if volume := pvc.Text("spec", "volumeName"); volume != "" {
		return v.byName[volume]
	}
	if path := v.reserved[claim{namespace, name}]; path != "" {
		return path
	}
	if path := v.anywhere[name]; path != "" && namespace == "" {
		return path
	}
	return v.opened(pvc.Text("spec", "storageClassName"), stem(name), pvc.Root().Get("spec", "selector",
		"matchLabels").Map())
}

func (v *nodeVolumes) add(open openVolume) {
	n := len(v.open)
	v.open = append(v.open, open)
	v.byStem[classed{open.class, open.stem}] = n
	for key, value := range open.labels {
		label := classed{open.class, key + "=" + value}
		v.byLabel[label] = append(v.byLabel[label], n)
	}
}

// opened returns the path of the last volume of that class with the stem or the labels, or "".
func (v *nodeVolumes) opened(class, stem string, labels map[string]string) string {
	last := -1
	if n, ok := v.byStem[classed{class, stem}]; ok {
		last = n
	}
	fewest, some := []int(nil), false
	for key, value := range labels {
		if with := v.byLabel[classed{class, key + "=" + value}]; !some || len(with) < len(fewest) {
			fewest, some = with, true
		}
	}
	for _, n := range slices.Backward(fewest) {
		if n > last && v.open[n].has(labels) {
			last = n
			break
		}
	}
	if last < 0 {
		return ""
	}
	return v.open[last].path
}

// onNode returns the path of a volume that is a folder or file of the node.
func onNode(pv *kube.Object) string {
	if p := pv.Text("spec", "hostPath", "path"); p != "" {
		return p
	}
	return pv.Text("spec", "local", "path")
}

// has reports whether a claim's label selector matches the volume.
func (v openVolume) has(wanted map[string]string) bool {
	for key, value := range wanted {
		if v.labels[key] != value {
			return false
		}
	}
	return len(wanted) > 0
}

// stem returns a name without the suffix that distinguishes volumes and claims: docker for docker-pvc and docker-pv.
func stem(name string) string {
	for _, end := range []string{"-pvc", "-pv", "-claim", "-volume"} {
		name = strings.TrimSuffix(name, end)
	}
	return name
}
