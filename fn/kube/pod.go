package kube

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// Pod is one pod spec in an object.
type Pod struct {
	Field    // the spec
	Location *PodSpecLocation
	Known    bool // the object's kind is in the table of locations; else the pod was found by its looks

	inner Field // the object of a known kind that the pod is of, where that one is inside of another object
}

// Address is where a pod is. Pods of one address are the same, in whatever trees.
type Address struct {
	Item        *Item
	object, pod string
}

// Path of the pod, from the root of its object.
func (a Address) Path() string { return a.pod }

// Address of the pod.
func (p Pod) Address() Address { return Address{p.obj.item, p.obj.base, p.Path()} }

// Container is one container of a pod, of any sort.
type Container struct {
	Field
	List string // containers, initContainers, …: the field that holds it
}

// Containers are all containers of the pod, those that run first first.
func (p Pod) Containers() []Container {
	var all []Container
	for _, list := range containerLists[p.Location.shape] {
		if len(yamldoc.Items(p.node, list...)) == 0 {
			continue
		}
		for _, f := range p.Get(list...).Items() {
			all = append(all, Container{f, list[len(list)-1]})
		}
	}
	for _, name := range singleContainers[p.Location.shape] {
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
	root := p.obj.Root()
	if p.inner.Exists() {
		root = p.inner
	}
	for _, path := range p.Location.volumes {
		for _, shared := range root.follow(path) {
			all = append(all, shared.Items()...)
		}
	}
	return all
}

// Volume is the pod's volume of that name, without those that it shares; it does not exist where the pod has none.
// Passes ask for it once for each mount: it makes no field of the others.
func (p Pod) Volume(name string) Field {
	for i, n := range yamldoc.Items(p.node, "volumes") {
		if yamldoc.Text(n, "name") == name {
			volumes := p.Get("volumes")
			return Field{obj: p.obj, node: yamldoc.Target(n), parent: &volumes, at: i}
		}
	}
	return Field{}
}

// Size counts the pod's containers, volumes and volume mounts.
func (p Pod) Size() int {
	n := len(p.Volumes())
	for _, container := range p.Containers() {
		n += 1 + len(yamldoc.Items(container.node, "volumeMounts"))
	}
	return n
}

// Variables counts those of the pod's containers.
func (p Pod) Variables() int {
	n := 0
	for _, container := range p.Containers() {
		n += len(yamldoc.Items(container.node, "env"))
	}
	return n
}

// Mount is one mount of a volume.
type Mount struct {
	Field
	Container Container
}

// MountsOf are the mounts of a volume in all containers of the pod. A volume of Jenkins' configuration as code says
// itself where every container has it.
func (p Pod) MountsOf(volume Field) []Mount {
	var all []Mount
	own := volume.Get("hostPathVolume")
	if own.Exists() && len(p.Containers()) == 0 {
		return []Mount{{own, Container{own, jenkinsAgent}}}
	}
	for _, container := range p.Containers() {
		if own.Exists() {
			all = append(all, Mount{own, container})
		}
		for _, m := range container.Mounts() {
			if name := m.Text("name"); name != "" && name == volume.Text("name") {
				all = append(all, Mount{m, container})
			}
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

// jenkinsAgent is the container that Jenkins' kubernetes plugin adds to a template that lists none, with every volume
// mounted (kubernetes-plugin PodTemplateBuilder.build).
const jenkinsAgent = "jnlp"

// Name of the container; where it has none, what holds it: containers[0], stepTemplate.
func (c Container) Name() string {
	if name := c.Text("name"); name != "" {
		return name
	}
	switch c.List {
	case "":
		return "runner" // as the controller calls it
	case jenkinsAgent:
		return jenkinsAgent
	}
	path := c.Path()
	return path[strings.LastIndexByte(path, '.')+1:]
}

// Mounts are the container's volume mounts.
func (c Container) Mounts() []Field { return c.Get("volumeMounts").Items() }

// Env is the variable of that name, of several the last, which counts; it does not exist where the container sets none.
func (c Container) Env(name string) Field {
	if all := c.Envs(name); len(all) > 0 {
		return all[len(all)-1]
	}
	env := c.Get("env")
	return Field{obj: c.obj, parent: &env, key: name, at: missing}
}

// Envs are the variables of that name: the API server takes a name twice.
func (c Container) Envs(name string) (all []Field) {
	env := c.Get("env")
	for i, v := range yamldoc.Items(env.node) {
		if yamldoc.Text(v, "name") == name {
			all = append(all, Field{obj: c.obj, node: yamldoc.Target(v), parent: &env, at: i})
		}
	}
	return all
}

// IsSidecar says whether an init container keeps running beside the others (KEP-753).
func (c Container) IsSidecar() bool {
	return c.List == "initContainers" && c.Text("restartPolicy") == "Always"
}

// CommandLine is the command with its arguments, as far as the manifest says.
func (c Container) CommandLine() []string {
	return append(c.Texts("command"), c.Texts("args")...)
}
