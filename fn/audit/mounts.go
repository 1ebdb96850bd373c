package audit

import (
	"fmt"
	"path"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// mounts are the volumes of a pod.
type mounts struct {
	named map[string]mounted
	at    map[string]mounted // by the paths at which containers mount them; of several, one of the node
}

// mounted is a volume that leads to no runtime, as far as is known.
type mounted struct {
	what string // the volume
	from string // a path of the node, which may be a variable, or a claim; "" if nothing of the node is mounted
	node string // that path
}

func mountsOf(p kube.Pod) mounts {
	all := mounts{map[string]mounted{}, map[string]mounted{}}
	for _, v := range p.Volumes() {
		all.named[v.Text("name")] = mountedBy(v)
	}
	for _, container := range p.Containers() {
		for _, m := range container.Mounts() {
			if at := m.Text("mountPath"); all.at[at].from == "" {
				all.at[at] = all.of(m)
			}
		}
	}
	return all
}

// of returns the volume of a mount.
func (m mounts) of(mount kube.Field) mounted {
	name := mount.Text("name")
	if v, ok := m.named[name]; ok {
		return v
	}
	return mounted{what: fmt.Sprintf("a mount of %s, but the pod has no such volume", name)}
}

func mountedBy(v kube.Field) mounted {
	name := v.Text("name")
	switch at, claim := v.Text("hostPath", "path"), v.Text("persistentVolumeClaim", "claimName"); {
	case at != "":
		what := "a mount of the volume " + name + ", which is " + at + " of the node, and no known folder of a runtime"
		return mounted{what, at + " of the node", at}
	case v.Get("hostPath").Exists():
		what := "a mount of the volume " + name + ", which is a path of the node that is not given"
		return mounted{what: what, from: "a path of the node that is not given"}
	case claim != "":
		what := "a mount of the claim " + claim + ", whose volume is not known to hold a runtime's socket"
		return mounted{what: what, from: "the claim " + claim}
	}
	for _, key := range v.Keys() {
		if key != "name" {
			return mounted{what: "a mount of the volume " + name + " (" + key + "), which is not a path of the node"}
		}
	}
	return mounted{what: "a mount of the volume " + name + ", which has no source"}
}

// around returns the volume that a path in a container is in.
func (m mounts) around(at string) (found mounted) {
	for at = path.Clean(at); ; at = path.Dir(at) {
		for _, spelled := range []string{at, at + "/"} {
			if v, ok := m.at[spelled]; ok {
				return v
			}
		}
		if at == path.Dir(at) {
			return found
		}
	}
}

// isMountIn reports whether the mention is where a container of a pod mounts a volume.
func (c context) isMountIn(p pod) bool {
	_, mounts := p.mounts.at[c.m.Path]
	return mounts && c.m.Role == socket.MountPath && c.field.Name() == "mountPath"
}

// mountsNode returns how a mention leads to a socket in a volume that leads to no runtime by its path, and that path:
// it is mounted where programs look for a socket, or an endpoint is in it.
func (c context) mountsNode(p pod) (how, node string) {
	switch {
	case c.isMountIn(p) && c.m.IsSocket():
		if v := p.mounts.of(*c.field.Parent()); v.from != "" {
			return "the pod mounts " + v.from + " where programs look for a runtime's socket", v.node
		}
	case c.m.Role == socket.Endpoint && path.IsAbs(c.m.Path) && !p.hasDaemon:
		if v := p.mounts.around(c.m.Path); v.from != "" {
			return "an endpoint in " + v.from + ", which the pod mounts", v.node
		}
	}
	return "", ""
}
