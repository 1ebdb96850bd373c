package diagram

import (
	"cmp"
	"strings"

	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
)

const privileged = "privileged"

const onNode = "on the node's network"

// facts returns facts about the whole pod.
func facts(pod kube.Pod) []string {
	var all []string
	if pod.True("hostNetwork") {
		all = append(all, onNode)
	}
	if class := pod.Text("runtimeClassName"); class != "" {
		all = append(all, "runtime class "+class)
	}
	if pod.Text("hostUsers") == "false" {
		all = append(all, "user namespace")
	}
	for _, alias := range pod.Get("hostAliases").Items() {
		all = append(all, strings.Join(alias.Texts("hostnames"), ", ")+" → "+alias.Text("ip"))
	}
	return all
}

func container(pod kube.Pod, c kube.Container) Container {
	image, _, _ := strings.Cut(c.Text("image"), "@")
	read := Container{Name: c.Name(), Image: image, Privileged: isRootOnNode(pod, c)}
	switch {
	case c.IsSidecar():
		read.Note = "sidecar"
	case c.List == "initContainers":
		read.Note = "init container"
	}
	if c.True("securityContext", "privileged") {
		read.Note = joined(read.Note, privileged)
	}
	for _, m := range c.Mounts() {
		mount := Mount{Path: m.Text("mountPath"), Volume: m.Text("name"), Source: source(pod, m.Text("name")), Role: Data}
		switch mount.Volume {
		case journal.SocketVolume:
			mount.Role, mount.Path = API, socketIn(c, mount.Path)
		case journal.CertsVolume:
			mount.Role = API
		}
		read.Mounts = append(read.Mounts, mount)
	}
	return read
}

// isRootOnNode reports whether a break-out from a container gives root on the node: it is privileged, and neither a
// virtual machine nor a user namespace isolates it.
func isRootOnNode(pod kube.Pod, c kube.Container) bool {
	return c.True("securityContext", "privileged") && pod.Text("hostUsers") != "false" &&
		kube.SandboxOf(pod.Text("runtimeClassName")).Runtime != kube.Kata
}

// socketIn returns the socket that a container uses, or serves, in a folder that it mounts.
func socketIn(c kube.Container, folder string) string {
	for _, endpoint := range append(c.Texts("args"), c.Env("DOCKER_HOST").Text("value")) {
		_, at, isUnix := strings.Cut(endpoint, "unix://")
		if isUnix && strings.HasPrefix(at, strings.TrimSuffix(folder, "/")+"/") {
			return at
		}
	}
	return folder
}

// source describes a volume in a few words.
func source(pod kube.Pod, name string) string {
	for _, v := range pod.Volumes() {
		if v.Text("name") != name {
			continue
		}
		for _, kind := range v.Keys() {
			if kind != "name" {
				return describe(kind, v.Get(kind))
			}
		}
	}
	if pod.Object().Kind() == "StatefulSet" {
		return "a claim per pod" // by its volumeClaimTemplates
	}
	return "no such volume"
}

func describe(kind string, v kube.Field) string {
	which := cmp.Or(v.Text("path"), v.Text("claimName"), v.Text("name"), v.Text("secretName"), v.Text("medium"),
		v.Text("sizeLimit"), v.Text("driver"))
	switch kind {
	case "hostPath":
		kind = "node"
	case "persistentVolumeClaim":
		kind = "claim"
	}
	return strings.TrimSpace(kind + " " + which)
}

func volumesOf(c kube.Container) []string {
	var all []string
	for _, m := range c.Mounts() {
		all = append(all, m.Text("name"))
	}
	return all
}

// byRole sorts access to the daemon first, then volumes shared with it.
func byRole(a, b Mount) int {
	order := map[Role]int{Node: 0, API: 1, Mirror: 2, Data: 3}
	return cmp.Compare(order[a.Role], order[b.Role])
}
