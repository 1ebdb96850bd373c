package tests

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const onOneLine = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"tests"},"spec":{"containers":[{"name":"tests",` +
	`"image":"docker:cli","command":["sh","-c","docker run -v /var/run/docker.sock:/var/run/docker.sock testcontainers/ryuk"],` +
	`"volumeMounts":[{"name":"socket","mountPath":"/var/run/docker.sock"}]}],` +
	`"volumes":[{"name":"socket","hostPath":{"path":"/var/run/docker.sock"}}]}}` + "\n"

// TestAuditOfWhatWasConverted checks that an audit of a conversion finds nothing, neither in the journal nor in a bind
// mount, which the pod's own daemon resolves.
func TestAuditOfWhatWasConverted(t *testing.T) {
	for name, spec := range map[string]string{
		"Unix":                               "client: {transport: Unix}",
		"TCP":                                "client: {transport: TCP}",
		"TLS":                                "client: {transport: TLS}",
		"TLS, and an image of no known name": "client: {transport: TLS}, daemon: {image: r.example.com/engine:1}",
	} {
		t.Run(name, func(t *testing.T) {
			config, file := filepath.Join(t.TempDir(), "config.yaml"), filepath.Join(t.TempDir(), "pod.json")
			put(t, config, "apiVersion: dindify.dev/v1alpha1\nkind: DinD\nmetadata: {name: dind}\nspec: {"+spec+"}\n")
			put(t, file, onOneLine)
			succeed(t, "convert", "-i", "-c", config, file)
			out, _ := succeed(t, "audit", file)
			require.Contains(t, out, "the journal of a conversion")
		})
	}
}

const runnerConfig = `
---
apiVersion: v1
kind: ConfigMap
metadata: {name: runner}
data:
  config.yaml: |
    container:
      options: -v /var/run/docker.sock:/var/run/docker.sock
`

// TestAuditOfBindMountsInTexts finds one in a text that a workload mounts, unless the workload has its own daemon.
func TestAuditOfBindMountsInTexts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "runner.yaml")
	put(t, file, strings.NewReplacer(
		"        volumeMounts:\n", "        volumeMounts:\n        - {name: config, mountPath: /config}\n",
		"      volumes:\n", "      volumes:\n      - {name: config, configMap: {name: runner}}\n",
	).Replace(deployment)+runnerConfig)
	require.Contains(t, get(t, file), "configMap: {name: runner}")
	out, _, status := verb(t, "", "audit", file)
	require.Equal(t, 1, status)
	require.Contains(t, out, "named in a text")
	succeed(t, "convert", "--no-config", "-i", file)
	out, _ = succeed(t, "audit", file)
	require.Contains(t, out, "acknowledged")
}

// TestAuditOfBindMountsInTextsOfOtherDaemons recognizes a workload with its own daemon by each sign of one.
func TestAuditOfBindMountsInTextsOfOtherDaemons(t *testing.T) {
	for name, sign := range map[string]string{
		"image":   "image: docker:28-dind",
		"command": "image: r.example.com/engine:1, command: [dockerd]",
		"data": "image: r.example.com/engine:1, securityContext: {privileged: true}, " +
			"volumeMounts: [{name: data, mountPath: /var/lib/docker}]",
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "pod.yaml")
			put(t, file, "apiVersion: v1\nkind: Pod\nmetadata: {name: engine}\nspec:\n  containers:\n  - {name: engine, "+sign+
				"}\n  volumes:\n  - {name: config, configMap: {name: runner}}\n  - {name: data, emptyDir: {}}\n"+runnerConfig)
			out, _ := succeed(t, "audit", file)
			require.Contains(t, out, "acknowledged")
		})
	}
}
