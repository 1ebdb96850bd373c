package kube

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// Pod is one pod spec in an object.
type Pod struct {
	Field    // the spec
	Location *PodSpecLocation
	Known    bool // the object's kind is in the table of locations; otherwise the pod was found by its shape

	inner Field // the nested object of a known kind that holds the pod, if any
}

// Address identifies a pod. Pods with the same address are the same, also in different trees.
type Address struct {
	Item        *Item
	object, pod string
}

// Path returns the pod's path from the root of its object.
func (a Address) Path() string { return a.pod }

// Address returns the pod's address.
func (p Pod) Address() Address { return Address{p.obj.item, p.obj.base, p.Path()} }

// Container is a container of a pod, of any type.
type Container struct {
	Field
	List string // the field that holds it: containers, initContainers, …
}

// Containers returns all containers of the pod in the order in which they start.
func (p Pod) Containers() []Container {
	var all []Container
	for _, list := range containerLists[p.Location.shape] {
		elements := yamldoc.Items(p.node, list...)
		if len(elements) == 0 {
			continue
		}
		all = slices.Grow(all, len(elements))
		for _, f := range p.Get(list...).items(elements) {
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
	if daemon, ok := p.daemonOfRunner(); ok {
		all = append(all, daemon)
	}
	return all
}

// root is the object that the pod is of: its document's, or the inner one.
func (p Pod) root() Field {
	if p.inner.Exists() {
		return p.inner
	}
	return p.obj.Root()
}

// Volumes returns the pod's volumes, including those that it shares with other pods of its object.
func (p Pod) Volumes() []Field {
	all := p.Get("volumes").Items()
	root := p.root()
	for _, path := range p.Location.volumes {
		for _, shared := range root.follow(path) {
			all = append(all, shared.Items()...)
		}
	}
	return all
}

// Container returns the pod's first container of that name, which may not exist.
func (p Pod) Container(name string) Container {
	for _, c := range p.Containers() {
		if c.Name() == name {
			return c
		}
	}
	return Container{}
}

// Volume returns the pod's own volume of that name, which may not exist. Passes call it for each mount, so it makes
// no Field for other volumes.
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

// Variables counts the environment variables of the pod's containers.
func (p Pod) Variables() int {
	n := 0
	for _, container := range p.Containers() {
		n += len(yamldoc.Items(container.node, "env"))
	}
	return n
}

// InText reports whether the pod is in a text that is YAML itself, for example in a ConfigMap.
func (p Pod) InText() bool {
	for at := p.parent; at != nil; at = at.parent {
		if at.node != nil && at.node.Kind == yaml.ScalarNode {
			return true
		}
	}
	return false
}

// Template returns the parent of the pod's metadata and spec; for a bare Pod or a bare spec, the object itself.
func (p Pod) Template() Field { return *p.Parent() }

// jenkinsAgent is the container that Jenkins' kubernetes plugin adds to a template that lists none, with every volume
// mounted (kubernetes-plugin PodTemplateBuilder.build).
const jenkinsAgent = "jnlp"

// Name returns the container's name, or else its place: containers[0], stepTemplate.
func (c Container) Name() string {
	if name := c.Text("name"); name != "" {
		return name
	}
	switch c.List {
	case "":
		return "runner" // as the controller calls it
	case RunnerDaemon:
		return "docker"
	case jenkinsAgent:
		return jenkinsAgent
	}
	path := c.Path()
	return path[strings.LastIndexByte(path, '.')+1:]
}

// Mounts returns the container's volume mounts.
func (c Container) Mounts() []Field {
	if c.List == RunnerDaemon {
		return c.Items()
	}
	return c.Get("volumeMounts").Items()
}

// Env returns the variable of that name, which may not exist. If there are several, the last one counts.
func (c Container) Env(name string) Field {
	if all := c.Envs(name); len(all) > 0 {
		return all[len(all)-1]
	}
	env := c.Get("env")
	return Field{obj: c.obj, parent: &env, key: name, at: missing}
}

// Envs returns all variables of that name: the API server accepts duplicates.
func (c Container) Envs(name string) (all []Field) {
	env := c.Get("env")
	for i, v := range yamldoc.Items(env.node) {
		if yamldoc.Text(v, "name") == name {
			all = append(all, Field{obj: c.obj, node: yamldoc.Target(v), parent: &env, at: i})
		}
	}
	return all
}

// IsSidecar reports whether an init container keeps running beside the others (KEP-753).
func (c Container) IsSidecar() bool {
	return c.List == "initContainers" && c.Text("restartPolicy") == "Always"
}

// WindowsField returns the field by which the pod requires a Windows node; none if it does not.
func (p Pod) WindowsField() Field {
	for _, path := range [][]string{
		{"os", "name"}, {"nodeSelector", "kubernetes.io/os"}, {"nodeSelector", "beta.kubernetes.io/os"},
	} {
		if f := p.Get(path...); f.Text() == "windows" {
			return f
		}
	}
	return Field{}
}
