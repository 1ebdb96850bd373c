package manifest

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Pod is one pod spec in an object.
type Pod struct {
	Field // the spec
	Place Place
	Known bool // the kind is in the table of places; else the pod was found by its looks
}

// Container is one container of a pod, of any sort.
type Container struct {
	Field
	List string // containers, initContainers, …: the field that holds it
}

// Pods are the pod specs of an object: where the table says, else wherever a mapping looks like one.
func (o *Object) Pods() []Pod {
	var pods []Pod
	known := map[string]bool{}
	for _, place := range o.set.Places {
		if place.Kind != o.Kind() || place.Group != o.Group() || known[place.Path] {
			continue
		}
		known[place.Path] = true
		for _, f := range o.Root().follow(place.Path) {
			pods = append(pods, Pod{Field: f, Place: place, Known: true})
		}
	}
	if len(known) == 0 && o.Kind() != "CustomResourceDefinition" {
		for _, f := range o.Root().podLike(map[*yaml.Node]bool{}) {
			pods = append(pods, Pod{Field: f, Place: Place{Kind: o.Kind(), Group: o.Group()}})
		}
	}
	return pods
}

// follow goes down a path of the table; a segment that ends in [] stands for every element of that list.
func (f Field) follow(path string) []Field {
	at := []Field{f}
	for _, seg := range strings.Split(path, ".") {
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

// podLike finds mappings with containers and volumes, and those with volumes as Jenkins' configuration writes them; in
// texts that are YAML themselves too.
func (f Field) podLike(seen map[*yaml.Node]bool) []Field {
	if f.node == nil || seen[f.node] { // aliases lead to the same place again, or round in a circle
		return nil
	}
	seen[f.node] = true
	volumes := f.Get("volumes").Items()
	isJenkins := slices.ContainsFunc(volumes, func(v Field) bool { return v.Get("hostPathVolume").Exists() })
	if len(f.Get("containers").Items()) > 0 && len(volumes) > 0 || isJenkins {
		return []Field{f}
	}
	var found []Field
	switch f.node.Kind {
	case yaml.MappingNode:
		for _, key := range f.Keys() {
			found = append(found, f.Get(key).podLike(seen)...)
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

// Containers are all containers of the pod, those that run first first.
func (p Pod) Containers() []Container {
	var all []Container
	for _, list := range containerLists[p.Place.shape] {
		for _, f := range p.Get(strings.Split(list, ".")...).Items() {
			all = append(all, Container{f, list})
		}
	}
	for _, name := range singleContainers[p.Place.shape] {
		f := p.Field
		if name != "" {
			f = p.Get(name)
		}
		if f.Exists() {
			all = append(all, Container{f, name})
		}
	}
	return all
}

// Volumes are the pod's volumes, with those that it shares with other pods of its object.
func (p Pod) Volumes() []Field {
	all := p.Get("volumes").Items()
	for _, path := range p.Place.volumes {
		if shared, ok := p.obj.At(path); ok {
			all = append(all, shared.Items()...)
		}
	}
	return all
}

// InText says whether the pod stands in a text that is YAML itself, such as one of a ConfigMap's.
func (p Pod) InText() bool {
	for at := p.parent; at != nil; at = at.parent {
		if at.node != nil && at.node.Kind == yaml.ScalarNode {
			return true
		}
	}
	return false
}

// Template is the structure that holds the pod's metadata and spec; for a bare Pod, or a bare spec, the object itself.
func (p Pod) Template() Field { return *p.Parent() }

// Name of the container; for a single container the field that holds it.
func (c Container) Name() string {
	if name := c.Text("name"); name != "" {
		return name
	}
	return c.List
}

// Mounts are the container's volume mounts.
func (c Container) Mounts() []Field { return c.Get("volumeMounts").Items() }

// Env is the variable of that name; it does not exist where the container sets none.
func (c Container) Env(name string) Field {
	for _, v := range c.Get("env").Items() {
		if v.Text("name") == name {
			return v
		}
	}
	return Field{obj: c.obj, path: c.Get("env").path + "[name=" + name + "]"}
}

// IsSidecar says whether an init container keeps running beside the others (KEP-753).
func (c Container) IsSidecar() bool {
	return c.List == "initContainers" && c.Text("restartPolicy") == "Always"
}

// CommandLine is the command with its arguments, as far as the manifest says.
func (c Container) CommandLine() []string {
	return append(c.Texts("command"), c.Texts("args")...)
}
