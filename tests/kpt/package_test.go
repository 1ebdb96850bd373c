package kpt

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/docker/product"
)

// pkg is a user's copy of the example, in a git repository whose tag "first" is the fetched package.
type pkg struct {
	host
	t   *testing.T
	dir string
}

// mutatorLine is the line of the Kptfile that names the function.
var mutatorLine = regexp.MustCompile(`image: ghcr\.io/boxp/dindify:.*`)

func newPackage(t *testing.T, h host) *pkg {
	t.Helper()
	p := &pkg{h, t, filepath.Join(t.TempDir(), "openhands")}
	require.NoError(t, os.CopyFS(p.dir, os.DirFS(source(t))))
	require.NoError(t, os.RemoveAll(filepath.Join(p.dir, ".expected")))
	p.edit("Kptfile", mutatorLine, h.mutator)
	p.git("init", "--quiet")
	p.commit("the package as it was fetched")
	p.git("tag", "first")
	return p
}

func source(t *testing.T) string { return filepath.Join(product.Root(t), "examples", "kpt") }

// configure replaces the spec of the functionConfig.
func (p *pkg) configure(spec string) {
	p.t.Helper()
	p.edit("dindify.yaml", regexp.MustCompile(`(?s)spec:\n.*`), "spec:\n  "+spec+"\n")
}

func (p *pkg) edit(file string, old *regexp.Regexp, replacement string) {
	p.t.Helper()
	path := filepath.Join(p.dir, file)
	text, err := os.ReadFile(path)
	require.NoError(p.t, err)
	require.Regexp(p.t, old, string(text), file)
	require.NoError(p.t, os.WriteFile(path, old.ReplaceAllLiteral(text, []byte(replacement)), 0o644))
}

// render runs `kpt fn render`, and returns its output.
func (p *pkg) render(flags ...string) string {
	p.t.Helper()
	out, err := p.run(p.dir, append([]string{"fn", "render", ".", "--allow-exec"}, flags...)...)
	require.NoError(p.t, err, "%s", out)
	return out
}

// eval runs `kpt fn eval`; its error has the output.
func (p *pkg) eval(args ...string) error {
	out, err := p.run(p.dir, slices.Concat([]string{"fn", "eval", "."}, p.fn, args)...)
	if err != nil {
		return fmt.Errorf("%w:\n%s", err, out)
	}
	return nil
}

func (h host) run(dir string, args ...string) (string, error) {
	cmd := exec.Command(h.kpt, append([]string{"--truncate-output=false"}, args...)...)
	cmd.Dir, cmd.Env = dir, h.env
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (p *pkg) commit(message string) {
	p.t.Helper()
	p.git("add", "--all")
	p.git("commit", "--quiet", "--message", message)
}

func (p *pkg) git(args ...string) string {
	p.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
		"GIT_AUTHOR_NAME=test", "GIT_AUTHOR_EMAIL=test@localhost", "GIT_COMMITTER_NAME=test",
		"GIT_COMMITTER_EMAIL=test@localhost")
	out, err := cmd.CombinedOutput()
	require.NoError(p.t, err, "git %v:\n%s", args, out)
	return string(out)
}

// text returns all objects of the package, sorted by file name.
func (p *pkg) text() string {
	p.t.Helper()
	files, err := filepath.Glob(filepath.Join(p.dir, "*.yaml"))
	require.NoError(p.t, err)
	var all []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(p.t, err)
		all = append(all, string(text))
	}
	return strings.Join(all, "---\n")
}

// matches compares with the example's .expected/diff.patch, or writes it if UPDATE_EXPECTED=true.
func (p *pkg) matches(diff string) {
	p.t.Helper()
	golden := filepath.Join(source(p.t), ".expected", "diff.patch")
	if os.Getenv("UPDATE_EXPECTED") == "true" {
		require.NoError(p.t, os.MkdirAll(filepath.Dir(golden), 0o755))
		require.NoError(p.t, os.WriteFile(golden, []byte(diff), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(p.t, err)
	assert.Equal(p.t, string(want), diff, "refresh it with UPDATE_EXPECTED=true go test -C tests/kpt")
}
