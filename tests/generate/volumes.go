package generate

import "slices"

// chooseVolumes chooses the volumes of the pod.
func (p *pod) chooseVolumes() {
	if !p.c.Chance(10) || p.ends && p.c.Chance(50) {
		p.socket = p.socketVolume()
	}
	known := []func() *Node{
		func() *Node { return obj("name", "work", "emptyDir", obj()) },
		func() *Node { return obj("name", "cache", "persistentVolumeClaim", obj("claimName", "cache")) },
		func() *Node {
			return obj("name", "config", "configMap", obj("name", "settings", "defaultMode", raw(pick(p.c, "420", "0644"))))
		},
		func() *Node { return obj("name", "token", "secret", obj("secretName", "token")) },
		func() *Node {
			return obj("name", "data", "hostPath", obj("path", pick(p.c, "/srv/data", "/mnt/builds/"), "type", pick[any](p.c,
				nil, "DirectoryOrCreate", "")))
		},
		func() *Node {
			return obj("name", "tmp", "emptyDir", obj("medium", "Memory", "sizeLimit", pick(p.c, "64Mi", "1Gi")))
		},
		func() *Node { return obj("name", "scratch", "emptyDir", raw("null")) },
		func() *Node {
			return obj("name", "info", "downwardAPI", obj("items", seq(obj("path", "labels", "fieldRef", obj("fieldPath",
				"metadata.labels")))))
		},
		func() *Node {
			return obj("name", "all", "projected", obj("sources", seq(obj("configMap", obj("name", "settings")),
				obj("secret", obj("name", "token")))))
		},
	}
	for range pick(p.c, 0, 0, 1, 1, 2, 3) {
		at := p.c.Int(len(known))
		p.volumes = append(p.volumes, known[at]())
		known = slices.Delete(known, at, at+1)
	}
}

func (p *pod) socketVolume() *Node {
	path := pick(p.c, "/var/run/docker.sock", "/var/run/docker.sock", "/var/run/docker.sock", "/run/docker.sock",
		"/var/run/docker.sock/", "//var/run//docker.sock", "/var/run", "/run/", "/")
	source := obj("path", path)
	if p.c.Chance(40) {
		kind := "Socket"
		if path == "/" || path == "/run/" || path == "/var/run" {
			kind = "Directory"
		}
		source.set("type", pick(p.c, node(kind), node(""), raw("null")))
	}
	return obj("name", pick(p.c, "docker-sock", "sock", "dockersock", "var-run-docker"), "hostPath", source)
}

// volumeList returns the pod's volumes, with the socket's at a random position.
func (p *pod) volumeList() *Node {
	all := slices.Clone(p.volumes)
	if p.socket != nil {
		at := p.c.Int(len(all) + 1)
		all = slices.Insert(all, at, p.socket)
	}
	if len(all) == 0 {
		return pick(p.c, nil, nil, raw("null"), seq())
	}
	return node(all)
}

// mounts generates a container's mounts of the pod's volumes.
func (p *pod) mounts(usesSocket bool) *Node {
	var all []*Node
	for _, v := range p.volumes {
		if p.c.Chance(60) {
			all = append(all, p.mount(v))
		}
	}
	if p.socket != nil && usesSocket {
		all = slices.Insert(all, p.c.Int(len(all)+1), p.socketMount())
	}
	if len(all) == 0 {
		return pick(p.c, nil, nil, raw("null"), seq())
	}
	return node(all)
}

func (p *pod) mount(v *Node) *Node {
	name := v.get("name").text
	m := obj("name", name, "mountPath", "/"+pick(p.c, "mnt/", "", "opt/x/")+name)
	if p.c.Chance(20) {
		m.set("subPath", node(pick(p.c, "builds", "a/b")))
	}
	if p.c.Chance(20) {
		m.set("readOnly", raw(pick(p.c, "true", "false")))
	}
	if p.c.Chance(5) {
		m.set("mountPropagation", node("HostToContainer"))
	}
	return m
}

func (p *pod) socketMount() *Node {
	name, path := p.socket.get("name").text, p.socket.get("hostPath", "path").text
	at := pick(p.c, "/var/run/docker.sock", "/var/run/docker.sock", "/run/docker.sock", "/var/run/docker.sock/",
		"/tmp/docker.sock")
	m := obj("name", name)
	switch path {
	case "/":
		if p.c.Chance(50) {
			m.set("subPath", node("var/run/docker.sock"))
		} else {
			at = "/host"
		}
	case "/var/run", "/run/":
		if p.c.Chance(50) {
			m.set("subPath", node("docker.sock"))
		} else {
			at = pick(p.c, "/var/run", "/run", "/host/run")
		}
	}
	m.set("mountPath", node(at))
	if p.c.Chance(10) {
		m.set("readOnly", raw("true"))
	}
	return m
}
