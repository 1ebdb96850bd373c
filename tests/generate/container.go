package generate

// container generates a container of the pod. A later container often has the same parts, such as its environment, as
// an earlier one.
func (p *pod) container(name string) *Node {
	usesSocket := p.shared == nil || p.c.Chance(40)
	image := pick(p.c, "docker:27-cli", "ghcr.io/example/agent:1.2.3", "docker:cli", "jenkins/inbound-agent:latest",
		"gitlab/gitlab-runner@sha256:0000000000000000000000000000000000000000000000000000000000000000")
	c := obj("name", name, "image", image)
	p.command(c)
	p.setShared(c, "env", 60, p.env)
	if p.c.Chance(10) {
		c.set("envFrom", seq(obj("configMapRef", obj("name", "settings"))))
	}
	if p.c.Chance(20) {
		c.set("ports", seq(obj("name", "http", "containerPort", 8080)))
	}
	if p.c.Chance(30) {
		c.set("resources", p.resources())
	}
	p.setShared(c, "securityContext", 30, p.security)
	if m := p.mounts(usesSocket); p.shared != nil && p.c.Chance(40) && p.shared.get("volumeMounts") != nil {
		c.set("volumeMounts", p.shared.get("volumeMounts").copied())
	} else {
		c.set("volumeMounts", m)
	}
	if p.c.Chance(10) {
		c.set("readinessProbe", obj("httpGet", obj("path", "/", "port", "http"), "periodSeconds", 5))
	}
	if p.shared == nil {
		p.shared = c
	}
	return c
}

// setShared sets a field to the value in an earlier container, or to a new one.
func (p *pod) setShared(c *Node, key string, percent int, fresh func() *Node) {
	if !p.c.Chance(percent) {
		return
	}
	if p.shared != nil && p.shared.get(key) != nil && p.c.Chance(60) {
		v := p.shared.get(key).copied()
		if v.kind == list && p.c.Chance(30) {
			v.content = append(v.content, obj("name", "MORE", "value", p.text()))
		}
		c.set(key, v)
		return
	}
	c.set(key, fresh())
}

func (p *pod) command(c *Node) {
	switch p.c.Int(6) {
	case 0:
		c.set("command", seq("docker", "run", "hello-world"))
	case 1:
		c.set("command", seq("sh", "-c", pick(p.c, "docker build .\n", "docker run x\n\n\n", "set -e\n\ndocker compose up\n",
			"while sleep 1; do docker ps; done")))
	case 2:
		c.set("args", seq("--name", p.text(), "--verbose"))
	}
}

func (p *pod) env() *Node {
	var all []*Node
	for range pick(p.c, 1, 1, 2, 3, 5) {
		all = append(all, p.variable())
	}
	if p.c.Chance(4) {
		return pick(p.c, raw("null"), seq())
	}
	return node(all)
}

// variable generates an environment variable; a name may occur twice, and then the last one counts.
func (p *pod) variable() *Node {
	kinds := []func() *Node{
		func() *Node { return obj("name", "A", "value", p.text()) },
		func() *Node {
			return obj("name", "DOCKER_HOST", "value", pick(p.c, "unix:///var/run/docker.sock", "unix:///var/run/docker.sock",
				"", "tcp://localhost:2375", "unix:///var/run/docker.sock\n"))
		},
		func() *Node { return obj("name", "DOCKER_TLS_VERIFY", "value", pick(p.c, "", "1")) },
		func() *Node { return obj("name", "DOCKER_CERT_PATH", "value", "/certs") },
		func() *Node { return obj("value", p.text(), "name", "B") },
		func() *Node { return obj("name", "EMPTY") },
		func() *Node {
			return obj("name", "NODE", "valueFrom", obj("fieldRef", obj("fieldPath", "spec.nodeName")))
		},
		func() *Node {
			return obj("name", "TOKEN", "valueFrom", obj("secretKeyRef", obj("name", "token", "key", "value")))
		},
		func() *Node { return obj("name", "SCRIPT", "value", "line\n\nline\n\n") },
	}
	return kinds[p.c.Int(len(kinds))]()
}

func (p *pod) resources() *Node {
	return pick(
		p.c, obj("limits", obj("memory", "1Gi")), obj("requests", obj("cpu", "100m", "memory", "128Mi"), "limits",
			obj("cpu", 1)),
		obj(), raw("null"), obj("requests", obj("cpu", raw("0.5"))),
	)
}

func (p *pod) security() *Node {
	return pick(
		p.c, obj("runAsUser", 1000, "runAsGroup", 1000), obj("allowPrivilegeEscalation", false, "capabilities",
			obj("drop", seq("ALL"))),
		obj("privileged", true), obj(), raw("null"), obj("readOnlyRootFilesystem", true, "runAsNonRoot", true, "runAsUser",
			65534),
	)
}
