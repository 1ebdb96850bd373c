package tests

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

const onOneLine = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"tests"},"spec":{"containers":[{"name":"tests",` +
	`"image":"docker:cli","command":["sh","-c","docker run -v /var/run/docker.sock:/var/run/docker.sock testcontainers/ryuk"],` +
	`"volumeMounts":[{"name":"socket","mountPath":"/var/run/docker.sock"}]}],` +
	`"volumes":[{"name":"socket","hostPath":{"path":"/var/run/docker.sock"}}]}}` + "\n"

// TestAuditOfWhatWasConverted finds nothing: neither in the journal nor in a bind mount, which the pod's own daemon
// resolves.
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
