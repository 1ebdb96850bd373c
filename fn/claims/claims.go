// Package claims tells what is behind a PersistentVolumeClaim, as far as the input has its PersistentVolume or its
// StorageClass: a folder of the node, possibly with a socket, or a network file system.
package claims

import (
	"slices"
	"strings"
	"sync"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// claim is a PersistentVolumeClaim by namespace and name.
type claim struct{ namespace, name string }

// Volume is the PersistentVolume of a claim, if it is a folder or file of the node.
type Volume struct {
	Name, Path string
	Possibly   bool // the claim may be bound to it, or to another one
}

// Index finds the volumes behind claims.
type Index struct {
	set      *kube.Set
	byClaim  map[claim]Volume
	byName   map[string]Volume // those with a path
	onNode   *nodeVolumes      // nil if there are none
	reserved func() map[claim]*kube.Object
}

// NewIndex resolves PersistentVolumeClaims to the PersistentVolumes in the input. A claim that does not name its
// volume is bound by the cluster, possibly to any volume of a fitting class and size. It is resolved to a volume with a
// socket if that has the same class, and is selected by the claim or has its name; any other that fits is possible.
func NewIndex(set *kube.Set) *Index {
	c := &Index{set: set, byClaim: map[claim]Volume{}, byName: map[string]Volume{}}
	c.reserved = sync.OnceValue(c.reservedVolumes)
	c.onNode = volumesOnNode(set)
	if c.onNode == nil {
		return c
	}
	for _, pvc := range set.OfKinds("PersistentVolumeClaim") {
		bound := c.onNode.of(pvc.Namespace(), pvc.Name(), pvc.Root().Get("spec"))
		c.byClaim[claim{pvc.Namespace(), pvc.Name()}] = bound
		if bound.Path != "" {
			c.byName[pvc.Name()] = bound
		}
	}
	if len(c.byName) == 0 {
		clear(c.byClaim)
	}
	return c
}

// IsEmpty reports whether no claim of the input leads to the node.
func (c *Index) IsEmpty() bool { return len(c.byClaim) == 0 }

// HasSocket reports whether one of the volumes has a socket.
func (c *Index) HasSocket() bool { return c.onNode.hasSocket() }

// Of returns the volume of the claim that a pod of a namespace names. An object without a namespace may be in any one.
func (c *Index) Of(namespace, name string) Volume {
	bound, ok := c.byClaim[claim{namespace, name}]
	switch {
	case ok:
		return bound
	case namespace == "":
		bound = c.byName[name]
	default:
		bound = c.byClaim[claim{"", name}]
	}
	bound.Possibly = true
	return bound
}

// OfTemplate returns a volume that an unnamed claim with that spec may be bound to.
func (c *Index) OfTemplate(namespace string, spec kube.Field) Volume {
	bound := c.onNode.of(namespace, "", spec)
	bound.Possibly = true
	return bound
}

// nodeVolumes holds the PersistentVolumes that are a folder or file of the node.
type nodeVolumes struct {
	byName   map[string]Volume
	reserved map[claim]Volume  // by the claim that the volume is reserved for (claimRef)
	anywhere map[string]Volume // by the claim's name alone
	open     []openVolume
	byStem   map[classed]int   // of open, the last one of each class and stem
	byLabel  map[classed][]int // of open, in order
	byClass  map[string][]int  // of open, in order
	stems    map[classed]bool  // of all volumes
}

// classed is a stem, or a label as key=value, of volumes of one class.
type classed struct{ class, key string }

// openVolume has a socket, and is not reserved for a claim.
type openVolume struct {
	Volume
	class, stem string
	labels      map[string]string
	capacity    string
	modes       []string
}

// volumesOnNode returns nil if there are none.
func volumesOnNode(set *kube.Set) *nodeVolumes {
	v := &nodeVolumes{
		byName: map[string]Volume{}, reserved: map[claim]Volume{}, anywhere: map[string]Volume{},
		byStem: map[classed]int{}, byLabel: map[classed][]int{}, byClass: map[string][]int{}, stems: map[classed]bool{},
	}
	for _, pv := range set.OfKinds("PersistentVolume") {
		v.stems[classed{pv.Text("spec", "storageClassName"), stem(pv.Name())}] = true
		path := NodePath(pv)
		if path == "" {
			continue
		}
		bound := Volume{Name: pv.Name(), Path: path}
		v.byName[pv.Name()] = bound
		if ref := pv.Text("spec", "claimRef", "name"); ref != "" {
			v.reserved[claim{pv.Text("spec", "claimRef", "namespace"), ref}], v.anywhere[ref] = bound, bound
		} else if _, leads := socket.Find(path); leads {
			v.add(openVolume{
				bound, pv.Text("spec", "storageClassName"), stem(pv.Name()), pv.Labels(),
				pv.Text("spec", "capacity", "storage"), pv.Root().Texts("spec", "accessModes"),
			})
		}
	}
	if len(v.byName) == 0 {
		return nil
	}
	return v
}

// of returns a claim's volume; its path is "" if it is not on the node or unknown.
func (v *nodeVolumes) of(namespace, name string, spec kube.Field) Volume {
	if volume := spec.Text("volumeName"); volume != "" {
		return v.byName[volume]
	}
	if bound, ok := v.reserved[claim{namespace, name}]; ok {
		return bound
	}
	if bound, ok := v.anywhere[name]; ok && namespace == "" {
		return bound
	}
	class, labels := spec.Text("storageClassName"), spec.Get("selector", "matchLabels").Map()
	if bound := v.opened(class, stem(name), labels); bound.Path != "" {
		return bound
	}
	return v.fitting(name, spec, class, labels)
}

// hasSocket reports whether one of the volumes has a socket.
func (v *nodeVolumes) hasSocket() bool {
	return v != nil && (len(v.open) > 0 || len(v.reserved) > 0)
}

func (v *nodeVolumes) add(open openVolume) {
	n := len(v.open)
	v.open = append(v.open, open)
	v.byStem[classed{open.class, open.stem}] = n
	v.byClass[open.class] = append(v.byClass[open.class], n)
	for key, value := range open.labels {
		label := classed{open.class, key + "=" + value}
		v.byLabel[label] = append(v.byLabel[label], n)
	}
}

// opened returns the last volume of that class with the stem or the labels, or none.
func (v *nodeVolumes) opened(class, stem string, labels map[string]string) Volume {
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
		return Volume{}
	}
	return v.open[last].Volume
}

// NodePath returns the path of a volume that is a folder or file of the node.
func NodePath(pv *kube.Object) string {
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
