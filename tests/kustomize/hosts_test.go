package kustomize

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"
)

// state is the user's change to an application.
type state int

const (
	on      state = iota // lists dindify
	off                  // does not list it
	skipped              // lists it, but the host does not run it
	wrong                // lists it with an unknown field
)

// hosts are the rows of the README's table: each writes an application in a state to a folder, and builds it.
var hosts = []struct {
	name  string
	build func(t *testing.T, dir string, s state) outcome
}{
	{"`dindify build`", func(t *testing.T, dir string, s state) outcome {
		layState(t, dir, s)
		if s == skipped {
			return outcome{said: "cannot be: it runs itself"}
		}
		return command(dir, "", "dindify", "build", ".")
	}},
	{"`kustomize build`, program", func(t *testing.T, dir string, s state) outcome {
		layState(t, dir, s)
		args := []string{"build", "--enable-alpha-plugins", "--enable-exec", "."}
		if s == skipped {
			args = []string{"build", "--enable-alpha-plugins", "."}
		}
		return command(dir, "", "kustomize", args...)
	}},
	{"`kubectl kustomize`, program", func(t *testing.T, dir string, s state) outcome {
		requireKubectl(t, "kubectl")
		layState(t, dir, s)
		return command(dir, "", "kubectl", "kustomize", "--enable-alpha-plugins", ".")
	}},
	{"kpt, program", func(t *testing.T, dir string, s state) outcome {
		args := []string{"fn", "render", ".", "--allow-exec"}
		if s == skipped {
			args = args[:3]
		}
		layPackage(t, dir, map[state]string{on: "{}", off: "{mode: DooD}", skipped: "{}", wrong: "{deamon: {}}"}[s])
		return inFile(t, filepath.Join(dir, "agent.yaml"), command(dir, "", "kpt", args...))
	}},
	{"Argo CD plugin; without it, the component", func(t *testing.T, dir string, s state) outcome {
		if s == skipped { // an Argo CD without the plugin builds the component with kustomize, without flags
			layState(t, dir, s)
			return command(dir, "", "kustomize", "build", ".")
		}
		layState(t, dir, off)
		generate := func(parameters string) outcome {
			return command(dir, "ARGOCD_APP_PARAMETERS="+parameters, "bash", absolute(t, "examples/argocd/plugin/generate.sh"))
		}
		if s == wrong {
			misspelled := generate(`[{"name": "setting", "map": {"mode": "DinD"}}]`)
			require.True(t, misspelled.failed && misspelled.out == "", "a parameter that is not known")
		}
		return generate(map[state]string{
			on: `[{"name": "settings", "map": {"mode": "DinD"}}]`, off: "",
			wrong: `[{"name": "settings", "map": {"deamon": "{}"}}]`,
		}[s])
	}},
	{"Helm, `convert` as post-renderer", func(t *testing.T, dir string, s state) outcome {
		layState(t, dir, s)
		if s == skipped {
			return outcome{said: "cannot be: Helm fails without the program"}
		}
		args := map[state][]string{on: {"convert", "-"}, off: {"revert", "-"}, wrong: {
			"convert", "-c",
			"dindify/dindify.yaml", "-",
		}}[s]
		return piped(t, dir, args...)
	}},
	{"Flux, `kubectl apply -k`", func(t *testing.T, dir string, s state) outcome {
		requireKubectl(t, "kubectl")
		layState(t, dir, s)
		return command(dir, "", "kubectl", "kustomize", ".") // plugins are disabled in both
	}},
}

// outcome is the result of a build; said replaces it if nothing was run.
type outcome struct {
	out    string
	failed bool
	said   string
}

func (o outcome) String() string {
	switch {
	case o.said != "":
		return o.said
	case o.failed && strings.TrimSpace(o.out) == "":
		return "exit 1, nothing printed"
	case o.failed:
		return "EXIT 1, AND SOMETHING PRINTED"
	case strings.Contains(o.out, "name: dind-daemon"):
		return "converted"
	case strings.Contains(o.out, "path: /var/run/docker.sock"):
		return "as it was"
	}
	return "NOTHING"
}

func layState(t *testing.T, dir string, s state) {
	t.Helper()
	configuration := "spec: {}\n"
	if s == wrong {
		configuration = "spec: {deamon: {}}\n"
	}
	lay(t, dir, application(t, configuration))
	k := resources
	if s != off {
		k += "components: [dindify]\n"
	}
	lay(t, dir, map[string]string{"kustomization.yaml": k})
}

func layPackage(t *testing.T, dir, spec string) {
	t.Helper()
	lay(t, dir, map[string]string{
		"Kptfile": "apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata: {name: app}\npipeline:\n  mutators:\n  - exec: " +
			"dindify\n    configPath: dindify.yaml\n",
		"dindify.yaml": asDinD + "spec: " + spec + "\n",
		"agent.yaml":   "# Copyright of somebody\n\n" + app["agent.yaml"], "prune.yaml": app["prune.yaml"],
	})
}

func command(dir, env, name string, args ...string) outcome {
	cmd := exec.Command(find(name), args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+path, env)
	var out bytes.Buffer
	cmd.Stdout = &out
	err := cmd.Run()
	return outcome{out: out.String(), failed: err != nil}
}

// find looks up a program on the tests' own path.
func find(name string) string {
	for dir := range strings.SplitSeq(path, string(os.PathListSeparator)) {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return filepath.Join(dir, name)
		}
	}
	return name
}

func piped(t *testing.T, dir string, args ...string) outcome {
	cmd := exec.Command(find("dindify"), args...)
	cmd.Dir = dir
	text, err := os.ReadFile(filepath.Join(dir, "agent.yaml"))
	require.NoError(t, err)
	cmd.Stdin = bytes.NewReader(text)
	out, err := cmd.Output()
	return outcome{out: string(out), failed: err != nil}
}

// inFile is the outcome of a host that works in place: the file counts as the output if the host succeeds, and must be
// unchanged if it fails.
func inFile(t *testing.T, file string, o outcome) outcome {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	if o.failed {
		require.NotContains(t, string(text), "dind-daemon")
		return outcome{failed: true}
	}
	return outcome{out: string(text)}
}

var hostTable = regexp.MustCompile(`(?s)(<!-- hosts -->\n).*?(<!-- /hosts -->)`)

// TestHostsNeverTakeOffForOn generates the README's table: go test ./tests/kustomize -run TestHosts -update.
func TestHostsNeverTakeOffForOn(t *testing.T) {
	if _, err := exec.LookPath("kpt"); err != nil {
		t.Skip("NOT TESTED: kpt is not on the PATH, and no package manager here has it: see https://kpt.dev/installation")
	}
	table := "| Host | on | off | not run by the host | wrong configuration |\n|---|---|---|---|---|\n"
	for _, host := range hosts {
		cells := []string{host.name}
		for _, s := range []state{on, off, skipped, wrong} {
			seen := host.build(t, t.TempDir(), s).String()
			if s == skipped || s == wrong {
				require.NotContains(t, []string{"as it was", "converted"}, seen, "%s, state %d", host.name, s)
			}
			cells = append(cells, seen)
		}
		table += "| " + strings.Join(cells, " | ") + " |\n"
	}
	file := filepath.Join(root, "README.md")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	want := hostTable.ReplaceAllString(string(text), "${1}"+strings.ReplaceAll(table, "$", "$$")+"${2}")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
	}
	require.Contains(t, string(text)+want, "<!-- hosts -->")
	if !*update {
		require.Equal(t, want, string(text), "go test ./tests/kustomize -run TestHosts -update")
	}
}

// TestKptRendersTenTimes checks that all renders have one checksum, keep the configuration, and that off restores
// every file. kpt itself removes the blank line after a licence header, and moves a restored field after the others:
// therefore the package is rendered once before, and no field of its pod is removed.
func TestKptRendersTenTimes(t *testing.T) {
	if _, err := exec.LookPath("kpt"); err != nil {
		t.Skip("NOT TESTED: kpt is not on the PATH, and no package manager here has it: see https://kpt.dev/installation")
	}
	const on, off = "{cleanup: {mode: CronJob}}", "{mode: DooD}"
	dir := t.TempDir()
	render := func(spec string) string {
		lay(t, dir, map[string]string{"dindify.yaml": asDinD + "spec: " + spec + "\n"})
		require.False(t, command(dir, "", "kpt", "fn", "render", ".", "--allow-exec").failed)
		require.FileExists(t, filepath.Join(dir, "dindify.yaml"))
		_, files, _ := strings.Cut(snapshot(t, dir), "==> agent.yaml")
		return strings.Replace(files, spec, "", 1)
	}
	layPackage(t, dir, off)
	lay(t, dir, map[string]string{"agent.yaml": "# Copyright of somebody\n\n" + strings.Replace(app["agent.yaml"],
		"      hostNetwork: true\n", "", 1)})
	before := render(off)
	first := render(on)
	require.Contains(t, first, "name: dind-daemon")
	require.Contains(t, first, "# Copyright of somebody")
	for i := range 9 {
		require.Equal(t, first, render(on), "render %d", i+2)
	}
	require.Equal(t, before, render(off))
}

func snapshot(t *testing.T, dir string) (all string) {
	t.Helper()
	for _, name := range entries(t, dir) {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		all += fmt.Sprintf("==> %s\n%s", name, text)
	}
	return all
}

// TestActionAuditsAndCompares runs the script of action.yml on a kustomization and on a folder.
func TestActionAuditsAndCompares(t *testing.T) {
	var action struct {
		Runs struct {
			Using string
			Steps []struct{ Run string }
		}
	}
	text, err := os.ReadFile(filepath.Join(root, "action.yml"))
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(text, &action))
	require.Contains(t, action.Runs.Steps[len(action.Runs.Steps)-1].Run, ".github/action.sh")
	for _, fail := range []string{"true", "false"} {
		dir := t.TempDir()
		layState(t, dir, off)
		cmd := exec.Command("bash", absolute(t, ".github/action.sh"))
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PATH="+path, "MANIFESTS=.", "CONFIG=", "SARIF=dindify.sarif", "COMMENT=dindify.md",
			"FAIL="+fail, "GITHUB_OUTPUT="+filepath.Join(dir, "out"))
		said, err := cmd.CombinedOutput()
		require.Equal(t, fail == "true", err != nil, "%s", said)
		all := snapshot(t, filepath.Join(dir, "dindify"))
		require.NotEmpty(t, all)
		out, err := os.ReadFile(filepath.Join(dir, "out"))
		require.NoError(t, err)
		require.Equal(t, "findings=2\n", string(out))
		markdown, err := os.ReadFile(filepath.Join(dir, "dindify.md"))
		require.NoError(t, err)
		require.Contains(t, string(markdown), "dind-daemon")
	}
}

// TestPreCommitHooksRun runs each hook's entry like pre-commit, with file arguments.
func TestPreCommitHooksRun(t *testing.T) {
	var hooks []struct{ ID, Entry, Language, Files string }
	text, err := os.ReadFile(filepath.Join(root, ".pre-commit-hooks.yaml"))
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(text, &hooks))
	require.Len(t, hooks, 2)
	for _, hook := range hooks {
		require.Equal(t, "golang", hook.Language)
		require.Regexp(t, regexp.MustCompile(hook.Files), "agent.yaml")
		dir := t.TempDir()
		layState(t, dir, off)
		words := strings.Fields(hook.Entry)
		o := command(dir, "", words[0], append(words[1:], "agent.yaml")...)
		require.Equal(t, hook.ID == "dindify-audit", o.failed, "audit finds something, convert converts it")
	}
}
