package tests

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// helmPrints puts a helm of that version on the PATH, which prints a release as helm template does.
func helmPrints(t *testing.T, version, text string) {
	t.Helper()
	bin := t.TempDir()
	put(t, filepath.Join(bin, "rendered.yaml"), text)
	script := "#!/bin/sh\ncase $1 in\nversion) printf " + version + ";;\n*) cat " + filepath.Join(bin, "rendered.yaml") +
		";;\nesac\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "helm"), []byte(script), 0o755))
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
}

// TestInitOfACommand prints the next commands in full: the release, the chart and the flags are those of the command.
func TestInitOfACommand(t *testing.T) {
	plugin, err := filepath.Abs("../examples/helm/plugin")
	require.NoError(t, err)
	release := "---\n# Source: chart/templates/app.yaml\n" + deployment
	command := []string{"init", "-o", "deploy", "--", "helm", "template", "r", "my chart", "-f", "v.yaml"}
	for version, steps := range map[string]string{
		"v3.19.0": `
See what changes:
  helm template r 'my chart' -f v.yaml | dindify diff --config deploy/dindify.yaml -
Deploy:
  helm upgrade --install r 'my chart' -f v.yaml --post-renderer dindify --post-renderer-args convert ` +
			`--post-renderer-args --config=deploy/dindify.yaml
`,
		"v4.0.1": `
See what changes:
  helm template r 'my chart' -f v.yaml | dindify diff --config deploy/dindify.yaml -
Install the plugin that Helm 4 needs, wherever you deploy:
  helm plugin install deploy/dindify-helm
Deploy:
  helm upgrade --install r 'my chart' -f v.yaml --post-renderer dindify ` +
			`--post-renderer-args --config=deploy/dindify.yaml
`,
	} {
		t.Run(version, func(t *testing.T) {
			t.Chdir(t.TempDir())
			helmPrints(t, version, release)
			out, _ := succeed(t, command...)
			require.Contains(t, out, steps)
			for _, name := range []string{"plugin.yaml", "post-render.sh"} {
				file := "deploy/dindify-helm/" + name
				if version[1] == '3' {
					require.NoFileExists(t, file)
					continue
				}
				require.Equal(t, get(t, filepath.Join(plugin, name)), get(t, file))
			}
			out, _ = succeed(t, command...)
			require.Contains(t, out, "The configuration is up to date:")
		})
	}
}

// TestInitOfAnotherCommand repeats it before each of the next commands, and writes no word of it, which may be secret.
func TestInitOfAnotherCommand(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "app.yaml", deployment)
	out, _ := succeed(t, "init", "--", "cat", "app.yaml")
	require.Contains(t, out, "cat app.yaml | dindify diff --config dindify.yaml -")
	require.Contains(t, out, "cat app.yaml | dindify convert --config dindify.yaml - > converted.yaml")
	require.NotContains(t, get(t, "dindify.yaml"), "app.yaml")
}

// TestInitRefusesACommand that fails, prints nothing, or is beside a path.
func TestInitRefusesACommand(t *testing.T) {
	t.Chdir(t.TempDir())
	for says, args := range map[string][]string{
		"no-such-program: executable file not found":  {"--", "no-such-program"},
		"sh: exit status 3":                           {"--", "sh", "-c", "exit 3"},
		"the output of true has no Kubernetes object": {"--", "true"},
		"a path, or a command after --, but not both": {".", "--", "true"},
		"there is no command after --":                {"--"},
	} {
		out, errs, status := verb(t, "", append([]string{"init"}, args...)...)
		require.Equal(t, 1, status, args)
		require.Empty(t, out)
		require.Contains(t, errs, says)
	}
}
