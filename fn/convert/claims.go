package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// claim is a PersistentVolumeClaim by namespace and name.
type claim struct{ namespace, name string }

// findClaims follows PersistentVolumeClaims to the host paths of the PersistentVolumes of the input. A claim that does
// not name its volume is bound by the cluster: it may get any volume of a fitting class and size. It is followed to one
// that leads to a socket, is of the same class, and is selected by the claim or has its name.
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

// nodeVolumes are the PersistentVolumes that are a folder or file of the node.
type nodeVolumes struct {
	byName   map[string]string // path, by the name of the volume
	reserved map[claim]string  // path, by the claim that the volume is reserved for (claimRef)
	anywhere map[string]string // the same by the claim's name alone
	open     []openVolume
	byStem   map[classed]int   // of open, the last of each class and stem
	byLabel  map[classed][]int // of open, in their order
}

// classed is a stem, or a label as key=value, of volumes of one class.
type classed struct{ class, key string }

// openVolume leads to a socket, and is reserved for no claim.
type openVolume struct {
	path, class, stem string
	labels            map[string]string
}

// volumesOnNode is nil where there is none.
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

// of is the path that a claim leads to; "" where that is none of the node's, or not known.
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

// opened is the path of the last volume of that class that has the stem or the labels; "" where there is none.
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

// onNode is the path of a volume that is a folder or file of the node.
func onNode(pv *kube.Object) string {
	if p := pv.Text("spec", "hostPath", "path"); p != "" {
		return p
	}
	return pv.Text("spec", "local", "path")
}

// has says whether a claim's label selector is about the volume.
func (v openVolume) has(wanted map[string]string) bool {
	for key, value := range wanted {
		if v.labels[key] != value {
			return false
		}
	}
	return len(wanted) > 0
}

// stem is a name without the ending that tells volumes from claims: of docker-pvc and docker-pv it is docker.
func stem(name string) string {
	for _, end := range []string{"-pvc", "-pv", "-claim", "-volume"} {
		name = strings.TrimSuffix(name, end)
	}
	return name
}
