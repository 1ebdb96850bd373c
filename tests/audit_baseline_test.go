package tests

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBaselineKnowsWhatMovedAndNoMore: a baseline accepts existing uses, also after a move, and every new use fails.
func TestBaselineKnowsWhatMovedAndNoMore(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write := func(text string) { require.NoError(t, os.WriteFile("app.yaml", []byte(text), 0o644)) }
	write(deployment)
	out, errs, status := verb(t, "", "audit", "--write-baseline", "known.json", "app.yaml")
	require.Equal(t, 0, status, errs)
	require.Empty(t, out)
	write("# a line more\n" + deployment)
	out, _, status = verb(t, "", "audit", "--baseline", "known.json", "app.yaml")
	require.Equal(t, 0, status)
	require.Contains(t, out, "in the baseline")
	write(deployment + "---\n" + strings.Replace(deployment, "name: app\n", "name: other\n", 1))
	_, _, status = verb(t, "", "audit", "--baseline", "known.json", "app.yaml")
	require.Equal(t, 1, status)
	require.NoError(t, os.WriteFile("known.json", []byte(`{"version": 1}`), 0o644))
	_, errs, status = verb(t, "", "audit", "--baseline", "known.json", "app.yaml")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "known.json")
}

// TestBaselineIsNotAudited: it repeats the paths that it knows, and lies in the folder that is audited.
func TestBaselineIsNotAudited(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("app.yaml", []byte(deployment), 0o644))
	for range 2 { // the second time it is there
		_, errs, status := verb(t, "", "audit", "--write-baseline", "known.json", ".")
		require.Equal(t, 0, status, errs)
		require.Equal(t, 1, strings.Count(read(t, "known.json"), "fingerprint"))
	}
	out, _, status := verb(t, "", "audit", "--baseline", "./known.json", ".")
	require.Equal(t, 0, status, out)
	out, _, _ = verb(t, "", "audit", ".")
	require.Contains(t, out, "1 found: 1 client", "without the flag too")
}

// TestBaselineCountsTheMentionsThatARowCovers: a row stands for all mentions of its path in an object or a file. A
// mention that was added since may be a new use; one that was removed is not.
func TestBaselineCountsTheMentionsThatARowCovers(t *testing.T) {
	const run = "docker run -v /var/run/docker.sock:/s app\n"
	configMap := "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  run: |\n    " + run
	withImage := func(more string) string {
		return strings.Replace(deployment, "image: example.com/app", "image: example.com/app\n        "+more, 1)
	}
	for name, c := range map[string]struct{ file, before, after string }{
		"argument": {"a.yaml", deployment, withImage("args: [run, -v, '/var/run/docker.sock:/s', app]")},
		"variable": {
			"a.yaml", deployment,
			withImage("env: [{name: DOCKER_HOST, value: 'unix:///var/run/docker.sock'}]"),
		},
		"script":    {"a.sh", run, run + "curl --unix-socket /var/run/docker.sock http://a/\n"},
		"same line": {"a.sh", run, strings.Replace(run, "app", "app -H unix:///var/run/docker.sock", 1)},
		"text":      {"a.yaml", configMap, configMap + "    export DOCKER_HOST=unix:///var/run/docker.sock\n"},
		"values": {
			"a.yaml", "hostPath: /var/run/docker.sock\n",
			"hostPath: /var/run/docker.sock\ndockerHost: unix:///var/run/docker.sock\n",
		},
		"JSON": {
			"a.json", `{"hostPath": "/run/docker.sock"}`,
			`{"hostPath": "/run/docker.sock", "url": "unix:///run/docker.sock"}`,
		},
		"second object": {"a.yaml", deployment, deployment + "---\n" + deployment},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			put(t, c.file, c.after)
			_, errs, status := verb(t, "", "audit", "--write-baseline", "after.json", c.file)
			require.Equal(t, 0, status, errs)
			put(t, c.file, c.before)
			_, _, status = verb(t, "", "audit", "--write-baseline", "before.json", c.file)
			require.Equal(t, 0, status)
			out, _, status := verb(t, "", "audit", "--baseline", "after.json", c.file)
			require.Equal(t, 0, status, out)
			put(t, c.file, "\n"+c.after)
			out, _, status = verb(t, "", "audit", "--baseline", "after.json", c.file)
			require.Equal(t, 0, status, out)
			out, _, status = verb(t, "", "audit", "--baseline", "before.json", c.file)
			require.Equal(t, 1, status, out)
		})
	}
}

// TestAnnotationThatMountsIsNoRecord: a mesh's injector mounts what an annotation names.
func TestAnnotationThatMountsIsNoRecord(t *testing.T) {
	in := strings.Replace(optedOut, "annotations:\n", "annotations:\n    sidecar.istio.io/userVolume: "+
		"'[{\"name\":\"a\",\"hostPath\":{\"path\":\"/var/run/docker.sock\"}}]'\n", 1)
	out, _, status := verb(t, in, "audit")
	require.Equal(t, 1, status, out)
	require.Contains(t, out, "2 found: 1 unsure, 1 acknowledged")
}

// ownerOfKnown is a Deployment whose pods have the volume of optedOut.
const ownerOfKnown = `apiVersion: apps/v1
kind: Deployment
metadata: {name: known, annotations: {dindify.dev/convert: "false"}}
spec:
  template:
    spec:
      containers: [{name: app, image: a, volumeMounts: [{name: sock, mountPath: /var/run/docker.sock}]}]
      volumes: [{name: sock, hostPath: {path: /var/run/docker.sock}}]
---
`

// TestInjectedUseIsARow: the owner's annotation acknowledges what its template has, and not what was injected into a
// pod.
func TestInjectedUseIsARow(t *testing.T) {
	pod := strings.NewReplacer("name: known\n", "name: known-6d4-1\n",
		"  annotations:\n    dindify.dev/convert: \"false\"\n", "  labels: {pod-template-hash: 6d4}\n"+
			"  ownerReferences: [{kind: ReplicaSet, name: known-6d4, controller: true}]\n").Replace(optedOut)
	out, _, status := verb(t, ownerOfKnown+pod, "audit")
	require.Equal(t, 0, status, out)
	injected := strings.Replace(pod, "  volumes:\n",
		"  - {name: in, image: b, volumeMounts: [{name: sock, mountPath: /a}]}\n  volumes:\n", 1)
	second := strings.Replace(injected, "known-6d4-1", "known-6d4-2", 1)
	out, _, status = verb(t, ownerOfKnown+injected+"---\n"+second, "audit", "--fail-on", "owned")
	require.Equal(t, 1, status, out)
	require.Contains(t, out, "2 found: 1 owned, 1 acknowledged")
	require.Contains(t, out, "not in the template of its owner")
}
