package generate

import "fmt"

// pod generates the pod of one workload.
type pod struct {
	*world
	name  string
	isPod bool // not a template: it may have ephemeral containers
	ends  bool // its containers end by themselves, as in a Job

	socket  *Node   // the volume that leads to Docker; nil if there is none
	volumes []*Node // the other volumes
	shared  *Node   // values of the containers so far: env, mounts, security context
}

// spec returns a pod spec, with its fields in one of the usual orders.
func (p *pod) spec() *Node {
	p.chooseVolumes()
	spec := obj()
	early := p.c.Chance(30)
	volumes := p.volumeList()
	if early {
		spec.set("volumes", volumes)
	}
	p.around(spec)
	if p.c.Chance(20) {
		spec.set("initContainers", p.containers("init", 1+p.c.Int(2)))
	}
	spec.set("containers", p.containers(p.name, pick(p.c, 1, 1, 1, 2, 3)))
	if p.isPod && p.c.Chance(10) {
		debug := p.container("debug")
		for _, field := range []string{"ports", "resources", "readinessProbe"} {
			debug.remove(field)
		}
		spec.set("ephemeralContainers", seq(debug))
	}
	if p.ends {
		spec.set("restartPolicy", node(pick(p.c, "Never", "OnFailure")))
	}
	if !early {
		spec.set("volumes", volumes)
	}
	p.behind(spec)
	return spec
}

// around sets fields that are written before the containers.
func (p *pod) around(spec *Node) {
	if p.c.Chance(20) {
		spec.set("hostNetwork", raw(pick(p.c, "true", "true", "false")))
		if p.c.Chance(50) {
			spec.set("dnsPolicy", node("ClusterFirstWithHostNet"))
		}
	}
	if p.c.Chance(30) {
		spec.set("hostAliases", p.hostAliases())
	}
	if p.c.Chance(20) {
		spec.set("nodeSelector", pick(p.c, obj("kubernetes.io/hostname", "node-1"), obj("disk", "ssd",
			"kubernetes.io/hostname", "node-1"), obj("disk", "ssd"), raw("null"), obj()))
	}
	if p.c.Chance(20) {
		spec.set("serviceAccountName", node("robot"))
	}
	if p.c.Chance(30) {
		spec.set("securityContext", p.podSecurity())
	}
}

// behind sets fields that are usually written at the end.
func (p *pod) behind(spec *Node) {
	if p.c.Chance(25) {
		spec.set("terminationGracePeriodSeconds", raw(pick(p.c, "60", "0", "30", "null")))
	}
	if p.c.Chance(10) {
		spec.set("affinity", p.affinity())
	}
	if p.c.Chance(10) {
		spec.set("tolerations", seq(obj("key", "ci", "operator", "Exists")))
	}
	if p.c.Chance(4) {
		spec.set("runtimeClassName", node(pick(p.c, "gvisor", "kata-qemu", "sysbox-runc")))
	}
	if p.c.Chance(4) {
		spec.set("hostPID", raw("true"))
	}
	if p.c.Chance(5) {
		spec.set("imagePullSecrets", seq(obj("name", "registry")))
	}
}

func (p *pod) hostAliases() *Node {
	local := func(names ...any) *Node { return obj("ip", "127.0.0.1", "hostnames", seq(names...)) }
	switch p.c.Int(9) {
	case 0:
		return seq(local("registry.local"))
	case 1:
		return seq(obj("ip", "10.0.0.5", "hostnames", seq("db.local")), local("a.local", "b.local"))
	case 2:
		return seq(local("host.docker.internal"))
	case 3:
		return seq(obj("ip", "127.0.0.1"))
	case 4:
		return raw("null")
	case 5:
		return seq()
	case 6:
		return seq(obj("ip", "127.0.0.1", "hostnames", raw("null")), local("a.local"))
	case 7:
		return seq(obj("ip", "127.0.0.1", "hostnames", seq()))
	}
	return seq(obj("hostnames", seq("host.docker.internal", "x.local"), "ip", "192.168.1.1"))
}

func (p *pod) podSecurity() *Node {
	switch p.c.Int(7) {
	case 0:
		return obj("runAsUser", 1000)
	case 1:
		return obj("fsGroup", 1000, "runAsNonRoot", true)
	case 2:
		return obj("supplementalGroups", seq(999))
	case 3:
		return obj()
	case 4:
		return raw("null")
	case 5:
		return obj("supplementalGroups", raw("null"), "seccompProfile", obj("type", "RuntimeDefault"))
	}
	return obj("supplementalGroups", seq(999, 2375), "fsGroup", 2000)
}

func (p *pod) affinity() *Node {
	term := obj("matchExpressions", seq(obj("key", pick(p.c, "kubernetes.io/hostname", "zone"), "operator", "In", "values",
		seq("node-1"))))
	if p.c.Chance(40) {
		term.get("matchExpressions").content = append(term.get("matchExpressions").content, obj("key", "arch", "operator",
			"Exists"))
	}
	return obj("nodeAffinity", obj("requiredDuringSchedulingIgnoredDuringExecution", obj("nodeSelectorTerms", seq(term))))
}

func (p *pod) containers(name string, n int) *Node {
	var all []*Node
	for i := range n {
		if i > 0 {
			name = fmt.Sprintf("%s-%d", name, i)
		}
		all = append(all, p.container(name))
	}
	return node(all)
}

func (n *Node) remove(key string) {
	for i, k := range n.keys {
		if k == key {
			n.keys, n.content = append(n.keys[:i:i], n.keys[i+1:]...), append(n.content[:i:i], n.content[i+1:]...)
			return
		}
	}
}
