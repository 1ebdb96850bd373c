// Package hostile generates inputs of up to a megabyte that cause as much work as possible: many objects of one kind,
// for each of many others.
package hostile

import (
	"fmt"
	"strings"
)

// Input is a hostile input.
type Input struct {
	Name string
	Text func() string
}

// Inputs returns all inputs.
var Inputs = []Input{
	{"mounts of the socket in many pods", func() string {
		return Shape{Pods: 15, Containers: 1, Mounts: 950}.Text()
	}},
	{"volumes of the socket in many pods", func() string {
		return Shape{Pods: 15, Containers: 1, Volumes: 480}.Text()
	}},
	{"containers in many pods", func() string { return Shape{Pods: 15, Containers: 300, Mounts: 1}.Text() }},
	{"init containers that write", func() string {
		return Shape{Pods: 15, Containers: 1, Mounts: 1, Inits: 300}.Text()
	}},
	{"variables in many pods", func() string {
		return Shape{Pods: 9, Containers: 1, Mounts: 1, Variables: 1900}.Text()
	}},
	{"variables of one ConfigMap in many containers", func() string {
		return Shape{Pods: 15, Containers: 200, Mounts: 1, Keys: 9000, FromKeys: true}.Text()
	}},
	{"files of one ConfigMap in many containers", func() string {
		return Shape{Pods: 15, Containers: 200, Mounts: 1, Keys: 9000, ShowKeys: true}.Text()
	}},
	{"volumes and mounts of one pod", func() string { return Shape{Pods: 1, Containers: 1, Volumes: 8000}.Text() }},
	{"empty volumes and mounts of one pod", func() string { return emptyDirs(9000) }},
	{"variables of one pod", func() string { return Shape{Pods: 1, Containers: 1, Mounts: 1, Variables: 16_000}.Text() }},
	{"containers of one pod", func() string { return Shape{Pods: 1, Containers: 6000, Mounts: 1}.Text() }},
	{"annotations of one pod", func() string { return annotated(45_000) }},
	{"workloads beside many policies", func() string {
		return Shape{Pods: 2000, Containers: 1, Mounts: 1, Policies: 2000}.Text()
	}},
	{"volumes and claims without a class", claims},
	{"nodes that a pod names, variables and probes", pinned},
	{"templates of a workflow", workflow},
	{"workloads in one List", func() string { return list(2200) }},
	{"anchors in one List", func() string {
		return "apiVersion: v1\nkind: List\nitems:\n" + numbered("- apiVersion: v1\n  kind: Pod\n  metadata: {name: p%d}\n"+
			"  spec:\n    containers:\n    - name: c\n      image: docker:cli\n"+
			"      volumeMounts: [&m%[1]d {name: s, mountPath: /var/run/docker.sock}]\n"+
			"    volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]\n", 2500)
	}},
	{"lines of one text", func() string {
		return container + volumes + "x: |\n" + strings.Repeat("  docker run -v /var/run/docker.sock:/x\n", 25_000)
	}},
	{"small documents", func() string { return strings.Repeat("---\na: b\n", 110_000) }},
	{"JSON documents", func() string { return strings.Repeat(`{"a":1}`, 140_000) }},
	{"keys of one mapping", func() string { return "a:\n" + numbered("  k%d: v\n", 70_000) }},
	{"texts that name paths", func() string {
		return configMap + numbered("  k%d: |\n"+
			"    hostPath: /var/run/docker.sock\n", 14_000)
	}},
	{"arguments", func() string {
		return container + numbered("    - docker run -v /a%d:/b x\n"+
			"", 25_000) + volumes
	}},
	{"brackets", func() string { return strings.Repeat("[", 1_000_000) }},
	{"merges of merges", func() string { return "a0: &a0 {a: b}\n" + doubled("a%d: &a%d {<<: [%s]}\n", 12) }},
	{"one long value", func() string { return "a: " + strings.Repeat("b", 1_000_000) }},
	{"a template", func() string { return strings.Repeat("{{ if a }}hostPath: /var/run/docker.sock\n", 24_000) }},
}

const (
	configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n"
	container = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n" +
		"    image: docker:cli\n" +
		"    volumeMounts: [{name: s, mountPath: /var/run/docker.sock}]\n    args:\n"
	volumes = "  volumes:\n  - {name: s, hostPath: {path: /var/run/docker.sock}}\n"
)

// Shape is the number of each kind of part in an input.
type Shape struct {
	Pods, Containers, Inits    int
	Mounts, Volumes, Variables int // of each container; volumes of each pod
	Keys, Policies             int
	FromKeys, ShowKeys         bool // each container has the keys as variables; as files
}

// Text returns the input.
func (s Shape) Text() string {
	var out strings.Builder
	if s.Keys > 0 {
		out.WriteString(configMap + numbered("  k%d: unix:///var/run/docker.sock\n", s.Keys))
	}
	for i := range s.Policies {
		fmt.Fprintf(&out, "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"+
			"metadata: {name: n%d}\nspec: {podSelector: {}, policyTypes: [Egress]}\n", i)
	}
	for i := range s.Pods {
		fmt.Fprintf(&out, "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p%d}\nspec:\n", i)
		s.pod(&out)
	}
	return out.String()
}

func (s Shape) pod(out *strings.Builder) {
	if s.Inits > 0 {
		out.WriteString("  initContainers:\n" + numbered("  - {name: i%d, image: docker:cli, "+
			"volumeMounts: [{name: w, mountPath: /w, subPath: a}]}\n", s.Inits))
	}
	out.WriteString("  containers:\n")
	for i := range s.Containers {
		fmt.Fprintf(out, "  - name: c%d\n    image: docker:cli\n    volumeMounts:\n"+
			"    - {name: w, mountPath: /w, subPath: a}\n", i)
		out.WriteString(numbered("    - {name: s, mountPath: /m%d/docker.sock}\n", s.Mounts))
		out.WriteString(numbered("    - {name: v%d, mountPath: /v%[1]d/docker.sock}\n", s.Volumes))
		if s.ShowKeys {
			out.WriteString("    - {name: m, mountPath: /m}\n")
		}
		if s.FromKeys {
			out.WriteString("    envFrom: [{configMapRef: {name: m}}]\n")
		}
		if s.Variables > 0 {
			out.WriteString("    env:\n" + numbered("    - {name: E%d, "+
				"value: unix:///var/run/docker.sock}\n", s.Variables))
		}
	}
	out.WriteString(volumes + "  - {name: w, emptyDir: {}}\n  - {name: m, configMap: {name: m}}\n")
	out.WriteString(numbered("  - {name: v%d, hostPath: {path: /var/run/docker.sock}}\n", s.Volumes))
}

func emptyDirs(n int) string {
	return "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: docker:cli\n" +
		"    volumeMounts:\n    - {name: s, mountPath: /var/run/docker.sock}\n" +
		numbered("    - {name: v%d, mountPath: /v%[1]d}\n", n) + volumes +
		numbered("  - {name: v%d, emptyDir: {}}\n", n)
}

func annotated(n int) string {
	return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n" + numbered("    a%d/b: c\n", n) +
		"spec:\n  containers:\n  - name: c\n    image: docker:cli\n" +
		"    volumeMounts: [{name: s, mountPath: /var/run/docker.sock}]\n" + volumes
}

func claims() string {
	return numbered("---\napiVersion: v1\nkind: PersistentVolume\n"+
		"metadata: {name: v%d, labels: {a: \"%[1]d\"}}\nspec: {hostPath: {path: /var/run/docker.sock}}\n"+
		"", 3800) +
		numbered("---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c%d}\n"+
			"spec: {selector: {matchLabels: {a: \"%[1]d\"}}}\n", 3800)
}

// pinned returns a pod in which every variable and probe names a host, which may be one of the pod's nodes.
func pinned() string {
	const probe = "{httpGet: {port: 80, host: x}}"
	return "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  hostNetwork: true\n  affinity:\n    nodeAffinity:\n" +
		"      requiredDuringSchedulingIgnoredDuringExecution:\n        nodeSelectorTerms:\n        - matchExpressions:\n" +
		"          - key: kubernetes.io/hostname\n            operator: In\n            values:\n" +
		numbered("            - n%d\n", 37_000) + "  containers:\n" +
		numbered("  - {name: i%d, image: a, livenessProbe: "+probe+", readinessProbe: "+probe+"}\n", 900) +
		"  - name: c\n    image: docker:cli\n    volumeMounts: [{name: s, mountPath: /var/run/docker.sock}]\n    env:\n" +
		numbered("    - {name: E%d_HOST, value: x}\n", 1900) + volumes
}

// workflow returns a Workflow whose templates, each of them a pod, share a volume.
func workflow() string {
	return "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: w}\nspec:\n  templates:\n" +
		numbered("  - {name: t%d, container: {image: docker, volumeMounts: [{name: s, mountPath: /var/run/docker.sock}]}}\n",
			8800) + "  volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]\n"
}

func list(n int) string {
	return "apiVersion: v1\nkind: List\nitems:\n" + numbered("- apiVersion: apps/v1\n"+
		"  kind: Deployment\n  metadata: {name: d%d}\n  spec:\n    selector: {matchLabels: {a: d}}\n"+
		"    template:\n      metadata: {labels: {a: d}}\n      spec:\n        containers:\n"+
		"        - name: c\n          image: docker:cli\n"+
		"          volumeMounts: [{name: s, mountPath: /var/run/docker.sock}]\n"+
		"        volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]\n", n)
}

// numbered returns lines with their numbers.
func numbered(form string, n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, form, i)
	}
	return out.String()
}

// doubled returns lines, each of which refers to the previous one nine times.
func doubled(form string, n int) string {
	var out strings.Builder
	for i := 1; i < n; i++ {
		fmt.Fprintf(&out, form, i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	return out.String()
}
