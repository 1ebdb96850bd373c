package tests

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// hostile has escapes of a terminal, of which \u009b is also one in 8 bits, a mark that changes the direction of text,
// and a line break before a command for a CI system.
const hostile = "\x1b[31m\u009b\u202e\n::error::"

// TestNamesOfFilesDoNotControlTheTerminal checks each verb: a name may come from anybody's pull request.
func TestNamesOfFilesDoNotControlTheTerminal(t *testing.T) {
	const name = "a" + hostile + "b.yaml"
	for _, args := range [][]string{
		{"audit"},
		{"audit", "--mentions"},
		{"audit", "-o", "github"},
		{"audit", "-o", "json"},
		{"audit", "-o", "junit"},
		{"audit", "-o", "sarif"},
		{"diff"},
		{"diff", "--stat"},
		{"diff", "-o", "markdown"},
		{"explain"},
		{"explain", "-o", "markdown"},
		{"convert", "-i"},
		{"revert", "-i"},
		{"init", "-n"},
		{"init"},
	} {
		dir := t.TempDir()
		put(t, filepath.Join(dir, "good", name), get(t, "../base/deployment.yaml"))
		put(t, filepath.Join(dir, "broken", name), "apiVersion: v1\nkind: [\n")
		for _, path := range []string{"good", "broken", "absent" + hostile, filepath.Join("good", name)} {
			out, errs, _ := verb(t, "", append(args, filepath.Join(dir, path))...)
			requirePlain(t, out+errs, args)
		}
	}
}

// TestValuesDoNotControlTheTerminal: explain quotes values, and audit gives the endpoint of a client as a reason.
func TestValuesDoNotControlTheTerminal(t *testing.T) {
	const manifest = `apiVersion: v1
kind: Pod
metadata: {name: app}
spec:
  containers:
  - name: app
    image: docker:cli
    env: [{name: DOCKER_HOST, value: "unix:///var/run/docker.sock\e[31m\u009b\u202e\n::error::"}]
    volumeMounts: [{name: sock, mountPath: /var/run/docker.sock}]
  volumes:
  - {name: sock, hostPath: {path: /var/run/docker.sock}}
`
	for _, args := range [][]string{
		{"audit"},
		{"audit", "-o", "github"},
		{"audit", "-o", "json"},
		{"audit", "-o", "junit"},
		{"audit", "-o", "sarif"},
		{"explain"},
		{"explain", "-o", "markdown"},
		{"init"},
	} {
		out, errs, _ := verb(t, manifest, append(args, "-")...)
		requirePlain(t, out+errs, args)
	}
}

func requirePlain(t *testing.T, text string, args []string) {
	t.Helper()
	for _, control := range []string{"\x1b", "\u009b", "\u202e", "\n::error::"} {
		require.NotContains(t, text, control, "%s", args)
	}
}
