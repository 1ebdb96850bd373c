package tests

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAuditReadsTheFieldsAroundAPath checks what the field of a path, or the text that it stands in, makes of it.
func TestAuditReadsTheFieldsAroundAPath(t *testing.T) {
	for name, c := range map[string]struct{ in, rows string }{
		"a folder in a volume of Drone": {
			"kind: pipeline\nvolumes: [{name: s, host: {path: /var/run}}]\n",
			"2 unsure docker /var/run pipeline volumes[name=s].host.path\n",
		},
		"an endpoint at the node's address": {
			`{kind: Pod, apiVersion: v1, metadata: {name: p}, spec: {containers: [{name: c, env: [
{name: NODE, valueFrom: {fieldRef: {fieldPath: status.hostIP}}},
{name: DOCKER_HOST, value: "tcp://$(NODE):2375"},
{name: OTHER, value: "tcp://$(NODES):2375"}]}]}}`,
			"3 unsure docker $(NODE):2375 Pod/p spec.containers[name=c].env[name=DOCKER_HOST].value\n",
		},
		"an endpoint in the node's network": {
			`{kind: Pod, apiVersion: v1, metadata: {name: p}, spec: {hostNetwork: true, containers: [{name: c, env: [
{name: DOCKER_HOST, value: "tcp://127.0.0.1:2375"}, {name: OTHER, value: "tcp://docker:2375"}]}]}}`,
			"2 unsure docker 127.0.0.1:2375 Pod/p spec.containers[name=c].env[name=DOCKER_HOST].value\n",
		},
		"an endpoint whose workload opts out": {
			`{kind: Pod, apiVersion: v1, metadata: {name: p, annotations: {dindify.dev/convert: "false"}}, spec: {
hostNetwork: true, containers: [{name: c, env: [{name: DOCKER_HOST, value: "tcp://127.0.0.1:2375"}]}]}}`,
			"2 acknowledged docker 127.0.0.1:2375 Pod/p spec.containers[name=c].env[name=DOCKER_HOST].value\n",
		},
		"a custom resource that opts out": {
			`{kind: HelmRelease, apiVersion: helm.toolkit.fluxcd.io/v2, metadata: {name: h, annotations: {
dindify.dev/convert: "false"}}, spec: {values: {hostPath: /run/docker.sock}}}`,
			"2 acknowledged docker /run/docker.sock HelmRelease/h spec.values.hostPath\n",
		},
		"an endpoint in the pod's network": {
			`{kind: Pod, apiVersion: v1, metadata: {name: p}, spec: {containers: [{name: c, env: [
{name: DOCKER_HOST, value: "tcp://127.0.0.1:2375"}]}]}}`,
			"",
		},
		"the root of the node's first process": {
			`{kind: Pod, apiVersion: v1, metadata: {name: p}, spec: {hostPID: true, containers: [{name: c, env: [
{name: DOCKER_HOST, value: "unix:///proc/1/root/var/run/docker.sock"}]}]}}`,
			"2 unsure docker /proc/1/root/var/run/docker.sock Pod/p spec.containers[name=c].env[name=DOCKER_HOST].value\n",
		},
		"a command that enters the node": {
			`{kind: Pod, apiVersion: v1, metadata: {name: p}, spec: {hostPID: true, containers: [{name: c, command: [
nsenter, -t, "1", -m, docker, -H, "unix:///var/run/docker.sock", ps]}]}}`,
			"2 unsure docker /var/run/docker.sock Pod/p spec.containers[name=c].command[6]\n",
		},
		"the root of the node's first process in a volume": {
			`{kind: Pod, apiVersion: v1, metadata: {name: p}, spec: {
volumes: [{name: a, hostPath: {path: /proc/1/root/run}}, {name: b, hostPath: {path: /proc/1/rooted/run}}]}}`,
			"2 unsure docker /proc/1/root/run Pod/p spec.volumes[name=a]\n",
		},
		"a value of another field than a volume": {
			"a: {hostPath: /run/docker.sock}\nb: {dockerSocket: /run/docker.sock}\nc: {mountPath: /run/docker.sock}\n",
			"1 unsure docker /run/docker.sock a.hostPath\n2 unsure docker /run/docker.sock b.dockerSocket\n",
		},
		"values of a chart as a text": {
			"{kind: HelmChart, apiVersion: helm.cattle.io/v1, metadata: {name: h}, spec: {valuesContent: \n" +
				"\"dockerSocket: /run/docker.sock\", bootstrap: \n\"dockerSocket: /run/docker.sock x\"}}\n",
			"2 unsure docker /run/docker.sock HelmChart/h spec.valuesContent\n",
		},
		"values of a chart in a ConfigMap": {
			"kind: ConfigMap\napiVersion: v1\nmetadata: {name: c}\ndata:\n  values.yaml: |\n" +
				"    dockerSocket: /run/docker.sock\n    env: {A: /run/docker.sock}\n  other: |\n    a: /run/podman/podman.sock\n",
			"6 unsure docker /run/docker.sock ConfigMap/c data.values.yaml\n",
		},
		"a variable of a playbook": {
			"- vars: {docker_socket: /run/docker.sock,\n    other: /run/podman/podman.sock}\n" +
				"  tasks: [{docker_container: {volumes: [\"{{ docker_socket }}:/x\"]}}]\n",
			"1 unsure docker /run/docker.sock\n",
		},
		"a test of a JSON patch": {
			"- op: test\n  path: /spec/volumes/0/hostPath/path\n  value: /run/docker.sock\n" +
				"- {op: remove, path: /spec/volumes/0}\n" +
				"- {op: add, path: /spec/volumes/-, value: {hostPath: {path: /run/docker.sock}}}\n",
			"5 unsure docker /run/docker.sock\n",
		},
		"an addition and a test on one line": {
			`[{"op": "add", "path": "/spec/volumes/-", "value": {"hostPath": {"path": "/run"}}},` +
				`{"op": "test", "path": "/spec/volumes/1/hostPath/path", "value": "/run"}]`,
			"1 unsure docker /run\n1 unsure docker /run\n",
		},
		"texts of one line that are comments": {
			"{kind: ConfigMap, apiVersion: v1, metadata: {name: c}, data: {\n" +
				"a: \"# docker run -v /run/docker.sock:/s b\",\n" +
				"b: \"// hostPath: /run/docker.sock\",\n" +
				"c: \"docker run -v /run/docker.sock:/s b # c\"}}\n",
			"4 unsure docker /run/docker.sock ConfigMap/c data.c\n",
		},
		"the volume of another runtime is not mounted": {
			`{kind: Pod, apiVersion: v1, metadata: {name: p}, spec: {containers: [{name: c, image: docker, volumeMounts: [
{name: d, mountPath: /run/docker.sock}]}], volumes: [{name: d, hostPath: {path: /run/docker.sock}},
{name: c, hostPath: {path: /run/containerd/containerd.sock}}]}}`,
			"2 client docker /run/docker.sock Pod/p c spec.containers[name=c].volumeMounts[mountPath=/run/docker.sock]\n" +
				"3 unsure containerd /run/containerd/containerd.sock Pod/p spec.volumes[name=c]\n",
		},
		"the volume of Docker is not mounted": {
			`{kind: Pod, apiVersion: v1, metadata: {name: p}, spec: {containers: [{name: c, image: docker, volumeMounts: [
{name: c, mountPath: /run/containerd/containerd.sock}]}], volumes: [{name: d, hostPath: {path: /run/docker.sock}},
{name: c, hostPath: {path: /run/containerd/containerd.sock}}]}}`,
			"2 unsure docker /run/docker.sock Pod/p spec.volumes[name=d]\n" +
				"2 other containerd /run/containerd/containerd.sock Pod/p c " +
				"spec.containers[name=c].volumeMounts[mountPath=/run/containerd/containerd.sock]\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			out, _, _ := verb(t, c.in, "audit", "-o", "json", "-")
			require.Equal(t, c.rows, string(rowsOf(t, out)))
		})
	}
}
