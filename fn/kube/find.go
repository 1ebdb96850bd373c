package kube

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// lastApplied is the annotation in which kubectl keeps a copy of the object.
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

// Pods returns the pod specs of an object: at the paths of the table, or else wherever a mapping looks like one.
func (o *Object) Pods() []Pod {
	var pods []Pod
	locations := o.locations()
	for _, location := range locations {
		for _, f := range o.Root().follow(location.Path) {
			pods = append(pods, Pod{Field: f, Location: location, Known: true})
		}
	}
	if len(locations) == 0 && o.isSearched() {
		pods = o.Root().podLike(map[*yaml.Node]bool{})
	}
	return pods
}

// locations returns the locations for the object's kind; the first one for a path counts.
func (o *Object) locations() []*PodSpecLocation { return o.set.locationsOf(o.Group(), o.Kind()) }

func (s *Set) locationsOf(group, kind string) (all []*PodSpecLocation) {
	for i := range s.Locations {
		location := &s.Locations[i]
		if location.Kind != kind || location.Group != group {
			continue
		}
		if !slices.ContainsFunc(all, func(p *PodSpecLocation) bool { return p.Path == location.Path }) {
			all = append(all, location)
		}
	}
	return all
}

// isSearched reports whether an object of a kind outside the table is searched for pods. A custom resource definition
// holds only schemas and examples, a policy only patterns and patches.
func (o *Object) isSearched() bool { return o.Kind() != "CustomResourceDefinition" && !o.IsPolicy() }

// follow follows a path of the table; a segment with [] matches every element of that list.
func (f Field) follow(path string) []Field {
	at := []Field{f}
	for seg := range strings.SplitSeq(path, ".") {
		key, isList := strings.CutSuffix(seg, "[]")
		var next []Field
		for _, a := range at {
			g := a.Get(key)
			switch {
			case !g.Exists():
			case isList:
				next = append(next, g.Items()...)
			default:
				next = append(next, g)
			}
		}
		at = next
	}
	return at
}

// podLike finds mappings with containers and volumes, mappings with volumes in the form of Jenkins' configuration,
// and the pods of nested objects of known kinds, such as a Workflow that a Sensor creates. It also searches texts
// that are YAML.
func (f Field) podLike(seen map[*yaml.Node]bool) []Pod {
	if f.node == nil || seen[f.node] { // aliases may lead to the same place again, or form a cycle
		return nil
	}
	seen[f.node] = true
	if pods, isObject := f.podsOfInner(); isObject {
		return pods
	}
	volumes := f.Get("volumes").Items()
	isJenkins := slices.ContainsFunc(volumes, func(v Field) bool { return v.Get("hostPathVolume").Exists() })
	if len(f.Get("containers").Items()) > 0 && len(volumes) > 0 || isJenkins {
		return []Pod{{Field: f, Location: &PodSpecLocation{Kind: f.obj.Kind(), Group: f.obj.Group()}}}
	}
	var found []Pod
	switch f.node.Kind {
	case yaml.MappingNode:
		for key, v := range f.Values() {
			if key != lastApplied {
				found = append(found, v.podLike(seen)...)
			}
		}
	case yaml.SequenceNode:
		for _, e := range f.Items() {
			found = append(found, e.podLike(seen)...)
		}
	case yaml.ScalarNode:
		for _, e := range f.embedded() {
			found = append(found, e.podLike(seen)...)
		}
	}
	return found
}

// podsOfInner returns the pods of a nested object if its kind is in the table.
func (f Field) podsOfInner() (pods []Pod, isObject bool) {
	kind := f.Text("kind")
	if kind == "" || f.parent == nil {
		return nil, false
	}
	locations := f.obj.set.locationsOf(GroupOf(f.Text("apiVersion")), kind)
	for _, location := range locations {
		for _, pod := range f.follow(location.Path) {
			pods = append(pods, Pod{Field: pod, Location: location, inner: f})
		}
	}
	return pods, len(locations) > 0
}
