package tests

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var fileBlock = regexp.MustCompile("(?ms)^```(\\w+) file=(\\S+)\n(.*?)^```$")

// TestContributingAddsAPass applies the worked example of CONTRIBUTING.md to a copy of the repository.
func TestContributingAddsAPass(t *testing.T) {
	text, err := os.ReadFile("../CONTRIBUTING.md")
	require.NoError(t, err)
	dir := copyModule(t)
	blocks := fileBlock.FindAllStringSubmatch(string(text), -1)
	require.Len(t, blocks, 6)
	for _, b := range blocks {
		kind, file, body := b[1], filepath.Join(dir, b[2]), b[3]
		if kind == "diff" {
			patch(t, file, body)
			continue
		}
		require.NoFileExists(t, file)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(body), 0o644))
	}
	goTest(t, dir, "-run", "TestCases/evict", "-update")
	output, err := os.ReadFile(filepath.Join(dir, "tests/cases/evict/output.yaml"))
	require.NoError(t, err)
	require.Contains(t, string(output), `cluster-autoscaler.kubernetes.io/safe-to-evict: "false"`)
	goTest(t, dir, "-run", "TestCases/evict|TestEveryIDHasAnEntryAndAUse")
}

func copyModule(t *testing.T) string {
	dir := t.TempDir()
	for _, folder := range []string{"fn", "tests"} {
		require.NoError(t, os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join("..", folder))))
	}
	for _, file := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join("..", file))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), text, 0o644))
	}
	return dir
}

func goTest(t *testing.T, dir string, args ...string) {
	cmd := exec.Command("go", append([]string{"test", "./tests"}, args...)...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.NotContains(t, string(out), "no tests to run")
}

// patch replaces the "-" lines of a diff with its "+" lines, or inserts them after the context. White space is
// ignored: a different alignment does not make an example wrong.
func patch(t *testing.T, file, diff string) {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	lines := strings.Split(string(text), "\n")
	var before, after []string
	for line := range strings.Lines(strings.TrimSuffix(diff, "\n")) {
		line = strings.TrimSuffix(line, "\n")
		if line[0] != '+' {
			before = append(before, line[1:])
		}
		if line[0] != '-' {
			after = append(after, line[1:])
		}
	}
	var found []int
	for i := range lines {
		if i+len(before) <= len(lines) && slices.EqualFunc(lines[i:i+len(before)], before, sameWords) {
			found = append(found, i)
		}
	}
	require.Len(t, found, 1, "%s has to hold this once:\n%s", file, strings.Join(before, "\n"))
	lines = slices.Replace(lines, found[0], found[0]+len(before), after...)
	require.NoError(t, os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o644))
}

func sameWords(a, b string) bool {
	return slices.Equal(strings.Fields(a), strings.Fields(b))
}
