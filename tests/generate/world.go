package generate

import (
	"fmt"
	"slices"
)

// world has the objects of one file, and their common values.
type world struct {
	c         *Choices
	namespace string
	names     []string
}

// objects generates workloads and related objects of a file.
func (w *world) objects() []*Node {
	all := []*Node{w.workload()}
	for range pick(w.c, 0, 0, 0, 1, 1, 2, 3) {
		others := []func() *Node{
			w.configMap, w.service, w.claim, w.cleanup, w.workload, w.networkPolicy, w.serviceAccount,
			w.unknown, w.observer,
		}
		at := w.c.Int(len(all) + 1)
		all = slices.Insert(all, len(all)-at, others[w.c.Int(len(others))]())
	}
	return all
}

// name returns a name that no object of the file has.
func (w *world) name(names ...string) string {
	name := pick(w.c, names...)
	if slices.Contains(w.names, name) {
		name = fmt.Sprintf("%s-%d", name, len(w.names))
	}
	w.names = append(w.names, name)
	return name
}

func (w *world) metadata(name string) *Node {
	m := obj("name", name)
	if w.namespace != "" {
		m.set("namespace", node(w.namespace))
	}
	if w.c.Chance(30) {
		m.set("labels", obj("app", name, "app.kubernetes.io/managed-by", pick(w.c, "Helm", "kustomize-1.0", "kpt")))
	}
	m.set("annotations", w.annotations())
	return m
}

// annotations generates the annotations of an object, including all ways to have none.
func (w *world) annotations() *Node {
	switch w.c.Int(8) {
	case 0, 1, 2:
		return nil
	case 3:
		return raw("null")
	case 4:
		return obj()
	case 5:
		return obj("dindify.dev/convert", "true")
	case 6:
		return obj("argocd.argoproj.io/sync-wave", "2", "note", w.text())
	}
	return obj("reloader.stakater.com/auto", "true", "kubectl.kubernetes.io/last-applied-configuration",
		"{\"apiVersion\":\"v1\"}\n")
}

// text generates a realistic string value.
func (w *world) text() string {
	return pick(
		w.c, "value", "two words", "", "true", "0644", "1e3", "null", "~", "yes", "#not a comment", "a: b", "- dash", "it's",
		`say "hi"`, `C:\dir`, "tab\tin it",
		"line one\nline two\n", "no end\nof line", "ends twice\n\n", "\n leading blank\n", "  indented\nthen not\n", "---\n",
		"emoji 🐳 ü", "a\u00a0b", "{{ $labels.instance }} is down", "${HOME}/$(X)", "*star", "&and", "!bang", "%percent",
		"@at", "`tick`", " blanks ",
		"2024-01-01", "0x1F", "1_000", "12:30:45", ".5", "+1", "=", "<<", "?", "-", "[a]", "{a}", "a,b", "x #y", "key:", "|",
		">", "very long "+longText,
	)
}

const longText = "text that an encoder would like to break at its eightieth column, which must not happen to what " +
	"nobody has asked it to touch, at all"

func (w *world) configMap() *Node {
	o := obj("apiVersion", "v1", "kind", "ConfigMap", "metadata", w.metadata(w.name("settings", "scripts")))
	o.set("data", obj("a", w.text(), "run.sh", pick(w.c, "#!/bin/sh\ndocker ps\n",
		"docker -H unix:///var/run/docker.sock ps\n", "echo hi\n\n"), "b", w.text()))
	return o
}

func (w *world) service() *Node {
	return obj("apiVersion", "v1", "kind", "Service", "metadata", w.metadata(w.name("web", "agent-svc")),
		"spec", obj("selector", obj("app", "agent"), "ports", seq(obj("port", 80, "targetPort", pick(w.c, "http", "8080")))))
}

func (w *world) claim() *Node {
	return obj("apiVersion", "v1", "kind", "PersistentVolumeClaim", "metadata", w.metadata(w.name("workspace", "cache")),
		"spec", obj("accessModes", seq("ReadWriteOnce"), "resources", obj("requests", obj("storage", "1Gi"))))
}

func (w *world) networkPolicy() *Node {
	return obj("apiVersion", "networking.k8s.io/v1", "kind", "NetworkPolicy", "metadata", w.metadata(w.name("deny")),
		"spec", obj("podSelector", obj(), "policyTypes", seq("Ingress")))
}

func (w *world) serviceAccount() *Node {
	return obj("apiVersion", "v1", "kind", "ServiceAccount", "metadata", w.metadata(w.name("robot", "builder")))
}

// unknown generates a custom resource with unusual values, which dindify must not change.
func (w *world) unknown() *Node {
	return obj("apiVersion", "example.com/v1", "kind", "Widget", "metadata", w.metadata(w.name("widget")),
		"spec", obj("a", w.text(), "b", raw(pick(w.c, "0644", "y", "n", "1_000", "~", "0o17", "1e3", ".inf", "2024-01-01",
			"0x1F")), "c", seq(seq(1, 2), obj(), seq(), w.text()), "d", obj("e f", w.text())))
}
