package peers

import (
	"bytes"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// finder is a program that searches a file, or a folder, for uses of a container runtime's socket.
type finder struct {
	name    string
	command func(path string) []string
	finds   func(t *testing.T, output []byte) bool
}

// finders are dindify and its peers. The file mode of kubectl-detector-for-docker-socket is not available as a Go
// module; it searches every line for these two names, as grep does here.
func finders(t *testing.T) []finder {
	bin := t.TempDir()
	dindify, linter := filepath.Join(bin, "dindify"), filepath.Join(bin, "kube-linter")
	build(t, filepath.Join("..", ".."), dindify, "./fn/dindify")
	build(t, ".", linter, "golang.stackrox.io/kube-linter/cmd/kube-linter")
	return []finder{
		{"dindify audit", func(path string) []string { return []string{dindify, "audit", "-o", "json", path} }, dindifyFinds},
		{"kube-linter docker-sock", func(path string) []string {
			return []string{linter, "lint", "--do-not-auto-add-defaults", "--include", "docker-sock", "--format", "json", path}
		}, linterFinds},
		{"text search", func(path string) []string {
			return []string{"grep", "-rlF", "-e", "docker.sock", "-e", "dockershim.sock", path}
		}, printsSomething},
	}
}

// trivyConfig is trivy's scan of manifests, with the checks that are built in. It has no way to run one check alone.
func trivyConfig(t *testing.T, program string) finder {
	cache := t.TempDir()
	return finder{name: "trivy KSV-0006", command: func(path string) []string {
		return []string{
			program, "config", "--timeout", "1h", "--skip-check-update", "--disable-telemetry", "--cache-dir", cache,
			"--quiet", "--format", "json", path,
		}
	}}
}

func build(t *testing.T, module, program, pkg string) {
	t.Helper()
	program, err := filepath.Abs(program)
	require.NoError(t, err)
	out, err := exec.Command("go", "build", "-C", module, "-buildvcs=false", "-o", program, pkg).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// run runs a program that exits 1 if it finds something.
func run(t *testing.T, in string, command ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in), &out, &errs
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && (!errors.As(err, &exit) || exit.ExitCode() > 2) {
		require.NoError(t, err, errs.String())
	}
	return out.Bytes()
}

func dindifyFinds(t *testing.T, output []byte) bool {
	if len(output) == 0 {
		return false // an error: not YAML, and no socket in the text either
	}
	var rows []any
	require.NoError(t, json.Unmarshal(output, &rows))
	return len(rows) > 0
}

func linterFinds(t *testing.T, output []byte) bool {
	if len(output) == 0 {
		return false // an error: it cannot check the file
	}
	var result struct{ Reports []any }
	require.NoError(t, json.Unmarshal(output, &result))
	return len(result.Reports) > 0
}

func printsSomething(_ *testing.T, output []byte) bool { return len(output) > 0 }
