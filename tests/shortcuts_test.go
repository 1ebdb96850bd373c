package tests

import (
	"bytes"
	"cmp"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/tests/laws"
)

// TestShortcutsGiveTheSame compares dindify with a build that takes none of the shortcuts of package fast: on every
// case, as a function and by hand, convert and revert, and on the public manifests, if they are available.
func TestShortcutsGiveTheSame(t *testing.T) {
	both := []string{built(t), built(t, "-tags", "thorough")}
	same := func(t *testing.T, input string, args ...string) string {
		want := runProgram(t, both[1], input, args...)
		require.Equal(t, want, runProgram(t, both[0], input, args...))
		return want.out
	}
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			input, config := c.read(t, "input.yaml"), c.read(t, "config.yaml")
			args := []string{"-"}
			if config != nil {
				args = append(args, "--config", filepath.Join(c.dir, "config.yaml"))
			}
			converted := same(t, string(input), append([]string{"convert"}, args...)...)
			same(t, converted, append([]string{"convert"}, args...)...)
			same(t, converted, append([]string{"revert"}, args...)...)
			same(t, string(input), append([]string{"audit", "-o", "json"}, args...)...)
			if list, ok := laws.ResourceList(input, config); ok {
				if strings.Contains(runProgram(t, both[1], string(list)).err, report.InputInvalid) {
					return // a function does not parse documents without relevant text: see kube.ReadFromHost
				}
				same(t, string(list))
			}
		})
	}
	for _, file := range corpus(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			input, err := os.ReadFile(file)
			require.NoError(t, err)
			converted := same(t, string(input), "convert", "-")
			same(t, converted, "revert", "-")
			same(t, string(input), "audit", "-o", "json", "-")
		})
	}
}

// corpus returns the files of public manifests, or none if they are not available.
func corpus(t *testing.T) []string {
	files, err := filepath.Glob(filepath.Join(cmp.Or(os.Getenv("DINDIFY_CORPUS"), "../../shared/corpus"), "*.yaml"))
	require.NoError(t, err)
	if len(files) == 0 {
		t.Log("no corpus: DINDIFY_CORPUS names its folder")
	}
	return files
}

func built(t *testing.T, flags ...string) string {
	program := filepath.Join(t.TempDir(), "dindify")
	out, err := exec.Command("go", append(append([]string{"build", "-o", program}, flags...),
		"../fn/dindify")...).CombinedOutput()
	require.NoError(t, err, "%s", out)
	return program
}

type ran struct {
	out, err string
	status   int
}

func runProgram(t *testing.T, program, input string, args ...string) (r ran) {
	var out, diagnostics bytes.Buffer
	cmd := exec.Command(program, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewBufferString(input), &out, &diagnostics
	var exit *exec.ExitError
	if err := cmd.Run(); errors.As(err, &exit) {
		r.status = exit.ExitCode()
	} else {
		require.NoError(t, err)
	}
	r.out, r.err = out.String(), diagnostics.String()
	return r
}
