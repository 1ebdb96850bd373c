package generate

import "strings"

// NewConfig generates a valid functionConfig, or "" for none.
func NewConfig(c *Choices) string {
	if !c.Chance(85) {
		return ""
	}
	g := &configuration{c: c}
	spec := g.spec()
	if c.Chance(10) {
		return g.configMap(spec)
	}
	o := obj("apiVersion", "dindify.dev/v1alpha1", "kind", "DinD", "metadata", obj("name", "x"), "spec", spec)
	s := styled(c)
	s.comments, s.odd = 0, 0
	return printYAML(c, s, o)
}

// configuration generates values of fields that do not contradict each other.
type configuration struct{ c *Choices }

// some sets fields, each in the given percentage of cases.
func (g *configuration) some(n *Node, percent int, pairs ...any) {
	for i := 0; i < len(pairs); i += 2 {
		if g.c.Chance(percent) {
			if v := pairs[i+1].(func() *Node)(); v != nil {
				n.set(pairs[i].(string), v)
			}
		}
	}
}

// values chooses one of several values.
func (g *configuration) values(all ...any) func() *Node {
	return func() *Node { return node(all[g.c.Int(len(all))]) }
}

func (g *configuration) spec() *Node {
	spec, daemon, pod := obj(), g.daemon(), obj()
	client := g.client(daemon)
	g.some(pod, 10, "hostNetwork", g.values("Drop"))
	g.some(pod, 25, "nodePinning", g.values("Keep", "Drop"), "mirrorVolumes", g.values(true, false), "mirrorExclude",
		g.values(seq("work"), seq("data", "nothing")))
	if mirrors := pod.get("mirrorVolumes"); mirrors == nil || mirrors.text == "true" {
		g.some(pod, 25, "mirrorInclude", g.values(seq("token"), seq("all", "any")))
	}
	if g.c.Chance(4) {
		spec.set("mode", node(pick(g.c, "DinD", "DooD", "Audit")))
	}
	if g.c.Chance(8) {
		spec.set("journal", node(pick(g.c, "Annotation", "None", "None")))
	}
	if g.c.Chance(6) {
		spec.set("targets", g.targets())
	}
	if g.c.Chance(4) {
		spec.set("podSpecPaths", seq(obj("group", "example.com", "kind", "Widget", "path", "spec.template.spec", "completes",
			true)))
	}
	for _, part := range []struct {
		name string
		n    *Node
	}{{"daemon", daemon}, {"client", client}, {"pod", pod}, {"cleanup", g.cleanup(daemon)}} {
		if len(part.n.content) > 0 {
			spec.set(part.name, part.n)
		}
	}
	return spec
}

func (g *configuration) targets() *Node {
	return pick(g.c, seq(obj("kind", "Deployment")), seq(obj("name", "agent|ci")), seq(obj("group", "apps", "version",
		"v1", "kind", "StatefulSet"), obj("kind", "Pod", "namespace", "ci")),
		seq(obj("labelSelector", "app=agent", "annotationSelector", "note")))
}

func (g *configuration) daemon() *Node {
	d := obj()
	isolation := pick(g.c, "", "", "", "Privileged", "Rootless", "Sysbox", "UserNamespace", "Kata", "GVisor")
	if isolation != "" {
		d.set("isolation", node(isolation))
	}
	images := g.values("docker:29-dind",
		"registry.example.com/docker:28-dind@sha256:0000000000000000000000000000000000000000000000000000000000000000")
	if isolation == "Rootless" {
		images = g.values("docker:28-dind-rootless")
	}
	classes := []any{"runc-docker"}
	if isolation == "Kata" {
		classes = append(classes, "kata-clh")
	}
	g.some(d, 8, "name", g.values("dind", "docker-daemon"), "image", images, "imagePullPolicy", g.values("Always",
		"IfNotPresent"),
		"runtimeClassName", g.values(classes...), "bip", g.values("10.200.0.1/24"), "iptables",
		g.values("Auto", "Legacy", "NFT"),
		"resources", g.values(obj("limits", obj("memory", "4Gi")), obj("requests", obj("cpu", "250m"), "limits",
			obj("cpu", 2, "memory", "1Gi"))))
	g.some(d, 12, "startup", g.values("Sidecar", "PostStart"), "mtu", g.values(1400, 0), "registryMirrors",
		g.values(seq("https://mirror.example.com", "http://10.0.0.1:5000")),
		"insecureRegistries", g.values(seq("registry.local:5000")), "defaultAddressPools",
		g.values(seq(obj("base", "10.201.0.0/16", "size", 24))),
		"env", g.values(seq(obj("name", "HTTP_PROXY", "value", "http://proxy:3128")), seq(obj("name", "X", "valueFrom",
			obj("fieldRef", obj("fieldPath", "metadata.name"))))),
		"extraArgs", g.values(seq("--log-level=debug"), seq("--max-concurrent-downloads", "3")), "storage",
		g.storage(isolation))
	if startup := d.get("startup"); startup == nil || startup.text == "Sidecar" {
		g.some(d, 12, "startupTimeoutSeconds", g.values(30, 900))
	}
	if g.c.Chance(15) {
		g.volumes(d)
	}
	return d
}

// volumes generates volumes of the daemon. One mount may refer to a volume of the pod, and is refused if the pod has
// none.
func (g *configuration) volumes(d *Node) {
	volumes := []any{obj("name", "registry-ca", "configMap", obj("name", "ca"))}
	mounts := []any{obj("name", "registry-ca", "mountPath", "/etc/docker/certs.d/registry.local", "readOnly", true)}
	if g.c.Chance(70) {
		v := pick(g.c, obj("name", "daemon-json", "secret", obj("secretName", "daemon")), obj("name", "spare", "emptyDir",
			obj()), obj("name", "dind-extra", "hostPath", obj("path", "/srv/images")))
		volumes = append(volumes, v)
		mounts = append(mounts, obj("name", v.get("name").text, "mountPath", pick(g.c, "/extra", "/etc/docker/more"),
			"subPath", pick[any](g.c, nil, "a/b")))
	}
	if g.c.Chance(10) {
		mounts = append(mounts, obj("name", "data", "mountPath", "/from-the-pod"))
	}
	d.set("volumes", seq(volumes...))
	d.set("volumeMounts", seq(mounts...))
}

func (g *configuration) storage(isolation string) func() *Node {
	if isolation == "Kata" || isolation == "GVisor" {
		return g.values(obj("emptyDir", obj("medium", "Memory")), obj("ephemeral", obj("size", "20Gi")))
	}
	return g.values(obj("emptyDir", obj("sizeLimit", "10Gi")), obj("emptyDir", obj("medium", "Memory")), obj("ephemeral",
		obj("size", "20Gi", "storageClassName", "fast")),
		obj("persistentVolumeClaim", obj("claimName", "docker-data")), obj())
}

func (g *configuration) client(daemon *Node) *Node {
	cl := obj()
	transport := pick(g.c, "", "", "Unix", "TCP", "TLS")
	if isolation := daemon.get("isolation"); isolation != nil && isolation.text == "GVisor" {
		transport = pick(g.c, "TCP", "TLS") // a socket cannot be shared between containers of this pod
	}
	if transport != "" {
		cl.set("transport", node(transport))
	}
	if transport == "" || transport == "Unix" {
		g.some(cl, 20, "socketMount", g.values("File", "Directory"))
	}
	g.some(cl, 12, "hostAliases", g.values(seq("docker.local"), seq("host.docker.internal", "db.local"), seq()),
		"resources", g.values(obj("requests", obj("cpu", "1")), obj("limits", obj("memory", "2Gi"))),
		"env", g.values(seq(obj("name", "A", "value", "configured")), seq(obj("name", "NEW", "value", "1"),
			obj("name", "NODE", "value", "x"))),
		"unsetEnv", g.values(seq("B"), seq("EMPTY", "SCRIPT")))
	return cl
}

func (g *configuration) cleanup(daemon *Node) *Node {
	cl := obj()
	modes := []string{"", "CronJob", "Auto", "None", "Sidecar"}
	if s := daemon.get("startup"); s != nil && s.text == "PostStart" {
		modes = modes[:4]
	}
	mode := modes[g.c.Int(len(modes))]
	if mode != "" {
		cl.set("mode", node(mode))
	}
	switch mode {
	case "None":
		return cl
	case "Sidecar":
		g.some(cl, 15, "interval", g.values("12h", "90m"), "image", g.values("docker:27-cli"))
	case "CronJob", "Auto":
		g.some(cl, 15, "schedule", g.values("0 3 * * *", "@daily"), "name", g.values("docker-gc"), "serviceAccountName",
			g.values("gc"), "image", g.values("bitnami/kubectl:1.34"),
			"roleName", g.values("gc-role"), "roleBindingName", g.values("gc-binding"))
	}
	if mode != "" {
		g.some(cl, 15, "command", g.values(seq("docker", "system", "prune", "-f"), seq("sh", "-c", "docker image prune -f "+
			"&& echo \"it's done\"")))
	}
	return cl
}

// configMap writes a spec like users of kpt: keys that are paths, and values that are strings.
func (g *configuration) configMap(spec *Node) string {
	data := obj()
	var add func(path string, n *Node)
	add = func(path string, n *Node) {
		switch {
		case n.kind == mapping && strings.Count(path, ".") == 0 && len(n.content) > 0:
			for i, key := range n.keys {
				add(path+"."+key, n.content[i])
			}
		case n.kind == scalar:
			data.set(path, node(n.text))
		default:
			data.set(path, node(jsonOf(n)))
		}
	}
	for i, key := range spec.keys {
		add(key, spec.content[i])
	}
	return printYAML(g.c, style{step: 2}, obj("apiVersion", "v1", "kind", "ConfigMap", "metadata", obj("name", "x"),
		"data", data))
}

func jsonOf(n *Node) string { return printJSON(Replay(nil), jsonStyle{}, withoutAnchors(n)) }
