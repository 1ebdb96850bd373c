package tests

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// inRepository creates a working directory that is a repository with a configuration, for a folder below it.
func inRepository(t *testing.T, config string) {
	t.Helper()
	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir(".git", 0o755))
	put(t, config, spec("daemon: {image: example.com/found:dind}"))
	put(t, "deploy/ci/app.yaml", deployment)
}

// TestTheConfigurationThatInitWroteIsFound beside the input and above it, and is named in the output.
func TestTheConfigurationThatInitWroteIsFound(t *testing.T) {
	for _, config := range []string{
		"dindify.yaml", "deploy/dindify.yaml", "deploy/ci/dindify.yaml",
		"deploy/ci/dindify/dindify.yaml",
	} {
		t.Run(config, func(t *testing.T) {
			inRepository(t, config)
			for _, arg := range []string{"deploy/ci", "deploy/ci/app.yaml"} {
				for command, status := range map[string]int{"convert": 0, "diff": 1} {
					out, errs, got := verb(t, "", command, arg)
					require.Equal(t, status, got, errs)
					require.Contains(t, out, "example.com/found:dind")
					require.Contains(t, errs, "dindify: configuration: "+config+" ")
					require.NotContains(t, out, "kind: DinD", "it is no input")
				}
			}
			out, errs, _ := verb(t, "", "convert", "--no-config", "deploy/ci")
			require.NotContains(t, out, "example.com/found:dind")
			require.NotContains(t, errs, "configuration:")
			require.NotContains(t, out, "kind: DinD")
		})
	}
}

// TestStandardInputTakesTheConfigurationOfTheWorkingDirectory: `helm template … | dindify convert -` needs this.
func TestStandardInputTakesTheConfigurationOfTheWorkingDirectory(t *testing.T) {
	inRepository(t, "dindify.yaml")
	t.Chdir("deploy")
	out, errs, status := verb(t, deployment, "convert", "-")
	require.Zero(t, status, errs)
	require.Contains(t, out, "example.com/found:dind")
	require.Contains(t, errs, "../dindify.yaml")
}

// TestAConfigurationStaysWhereItIs: convert -i and revert -i neither change nor print it.
func TestAConfigurationStaysWhereItIs(t *testing.T) {
	inRepository(t, "deploy/ci/dindify/dindify.yaml")
	config := get(t, "deploy/ci/dindify/dindify.yaml")
	succeed(t, "convert", "-i", "deploy/ci")
	require.Contains(t, get(t, "deploy/ci/app.yaml"), "example.com/found:dind")
	require.Equal(t, config, get(t, "deploy/ci/dindify/dindify.yaml"))
	out, errs := succeed(t, "revert", "deploy/ci")
	require.Equal(t, deployment, out)
	require.NotContains(t, errs, "configuration:")
	succeed(t, "revert", "-i", "deploy/ci")
	require.Equal(t, deployment, get(t, "deploy/ci/app.yaml"))
	require.Equal(t, config, get(t, "deploy/ci/dindify/dindify.yaml"))
}

// TestAConfigurationIsNotGuessed if several files are possible, or if the file is not readable.
func TestAConfigurationIsNotGuessed(t *testing.T) {
	inRepository(t, "deploy/ci/dindify.yaml")
	put(t, "deploy/cd/app.yaml", deployment)
	for name, args := range map[string][]string{
		"one has one, one has none":            {"convert", "deploy/ci", "deploy/cd"},
		"deploy/ci/dindify.yaml for deploy/ci": {"convert", "deploy/ci", "deploy/cd"},
		"--no-config contradict":               {"convert", "--no-config", "-c", "deploy/ci/dindify.yaml", "deploy/ci"},
	} {
		_, errs, status := verb(t, "", args...)
		require.Equal(t, 1, status, name)
		require.Contains(t, errs, "--no-config", name)
	}
	succeed(t, "convert", "--no-config", "deploy/ci", "deploy/cd")

	put(t, "deploy/cd/dindify.yaml", "apiVersion: [")
	_, errs, status := verb(t, "", "convert", "deploy/cd")
	require.Equal(t, 1, status)
	require.Contains(t, errs, "deploy/cd/dindify.yaml")
	put(t, "deploy/cd/dindify.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: dindify\n")
	_, errs = succeed(t, "convert", "deploy/cd")
	require.NotContains(t, errs, "configuration:", "another tool's file of that name")
}

// TestAConfigurationOutsideOfTheRepositoryIsNotTaken, nor, without a repository, one above the working directory.
func TestAConfigurationOutsideOfTheRepositoryIsNotTaken(t *testing.T) {
	inRepository(t, "dindify.yaml")
	require.NoError(t, os.Mkdir("deploy/.git", 0o755))
	_, errs := succeed(t, "convert", "deploy/ci")
	require.NotContains(t, errs, "configuration:")
	require.NoError(t, os.Remove("deploy/.git"))
	require.NoError(t, os.Remove(".git"))
	_, errs = succeed(t, "convert", "deploy/ci")
	require.Contains(t, errs, "configuration: dindify.yaml")
	t.Chdir("deploy")
	_, errs = succeed(t, "convert", "ci")
	require.NotContains(t, errs, "configuration:")
}

// TestDiffFoldsTheJournal to one line, in every format and style; --journal shows it completely.
func TestDiffFoldsTheJournal(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "app.yaml", deployment)
	put(t, "app.json",
		`{"apiVersion":"v1","kind":"Pod","metadata":{"name":"app"},"spec":{"containers":[{"name":"app","image":"a","volumeMounts":[{"name":"s","mountPath":"/var/run/docker.sock"}]}],"volumes":[{"name":"s","hostPath":{"path":"/var/run/docker.sock"}}]}}`)
	for _, file := range []string{"app.yaml", "app.json"} {
		out, _, status := verb(t, "", "diff", file)
		require.Equal(t, 1, status)
		require.NotContains(t, out, "version: 2", file)
		out, _, _ = verb(t, "", "diff", "-o", "markdown", file)
		require.NotContains(t, out, "version: 2", file)
		out, _, _ = verb(t, "", "diff", "--journal", file)
		require.Contains(t, out, "version: 2", file)
	}
	out, _, _ := verb(t, "", "diff", "app.yaml")
	require.Regexp(t, `(?m)^\+    dindify\.dev/journal: … [1-9][0-9]+ lines, --journal shows them\n spec:$`, out)
	succeed(t, "convert", "-i", "app.yaml")
	put(t, filepath.Join("away", "dindify.yaml"), spec("mode: DooD"))
	out, _, _ = verb(t, "", "diff", "-c", "away/dindify.yaml", "app.yaml")
	require.Regexp(t, `(?m)^-    dindify\.dev/journal: … [1-9][0-9]+ lines`, out)
}

// TestExplainTakesIDsAndFilesTogether.
func TestExplainTakesIDsAndFilesTogether(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "one.yaml", deployment)
	put(t, "two.yaml", deployment)
	out, errs := succeed(t, "explain", "observer", "one.yaml", "host-port", "two.yaml")
	for _, words := range []string{"observer\n", "host-port\n", "(one.yaml:1)", "(two.yaml:1)"} {
		require.Contains(t, out, words, errs)
	}
	_, errs, status := verb(t, "", "explain", "pod-security", "socket-sharde")
	require.Equal(t, 1, status)
	require.NotContains(t, errs, `"pod-security"`)
	require.Contains(t, errs, `did you mean "socket-shared"?`)
}

// TestAFileThatIsMeantAsTheConfigurationIsNotPassedOver: the defaults would give a wrong result without an error.
func TestAFileThatIsMeantAsTheConfigurationIsNotPassedOver(t *testing.T) {
	for name, text := range map[string]string{
		"misspelled kind":    "apiVersion: dindify.dev/v1alpha1\nkind: Dind\nspec: {}\n",
		"another API group":  "apiVersion: dindify.io/v1alpha1\nkind: DinD\nspec: {}\n",
		"empty":              "",
		"nothing but a note": "# to be written\n",
		"no YAML":            "a: [\n",
	} {
		t.Run(name, func(t *testing.T) {
			inRepository(t, "dindify.yaml")
			put(t, "dindify.yaml", text)
			out, errs, status := verb(t, "", "convert", "deploy/ci")
			require.Equal(t, 1, status)
			require.Empty(t, out)
			require.Contains(t, errs, "--no-config")
			_, errs, status = verb(t, "", "convert", "--no-config", "deploy/ci")
			require.Zero(t, status, errs)
		})
	}
}

// TestAnotherToolsFileOfThatNameIsNoConfiguration: a file with an object of another kind is ignored.
func TestAnotherToolsFileOfThatNameIsNoConfiguration(t *testing.T) {
	inRepository(t, "dindify.yaml")
	put(t, "dindify.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n")
	out, errs, status := verb(t, "", "convert", "deploy/ci")
	require.Zero(t, status, errs)
	require.Contains(t, out, "docker:28")
}

// TestAProgramNamedDindifyIsNoFolder: an unpacked archive or `go build -o dindify` puts one beside the manifests.
func TestAProgramNamedDindifyIsNoFolder(t *testing.T) {
	inRepository(t, "unused.yaml")
	put(t, "dindify", "a program")
	put(t, "deploy/dindify", "a program")
	out, errs, status := verb(t, "", "convert", "deploy/ci")
	require.Zero(t, status, errs)
	require.Contains(t, out, "docker:28")
}

// TestAConfigurationBelowIsNotPassedOver: it is intended for some of the files, and another one, or the defaults,
// would apply to them.
func TestAConfigurationBelowIsNotPassedOver(t *testing.T) {
	for _, above := range []string{"none.txt", "dindify.yaml"} {
		inRepository(t, above)
		put(t, "deploy/ci/dindify/dindify.yaml", spec("daemon: {image: example.com/below:dind}"))
		for command, failed := range map[string]int{"convert": 1, "diff": 2, "diagram": 1, "explain": 1} {
			out, errs, status := verb(t, "", command, ".")
			require.Equal(t, failed, status, command)
			require.Empty(t, out)
			require.Contains(t, errs, "deploy/ci/dindify/dindify.yaml is a functionConfig")
			require.Contains(t, errs, "--no-config")
		}
		_, errs := succeed(t, "convert", "--no-config", ".")
		require.Contains(t, errs, "[config-unused]")
		succeed(t, "revert", ".")
		out, _ := succeed(t, "convert", "deploy/ci")
		require.Contains(t, out, "example.com/below:dind")
	}
}

// TestNothingIsChangedForAReason: without a reason, a misspelled folder looks like a repository without Docker clients.
func TestNothingIsChangedForAReason(t *testing.T) {
	const note = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
	const off = "apiVersion: dindify.dev/v1alpha1\nkind: DinD\nspec: {mode: DooD}\n"
	t.Chdir(t.TempDir())
	put(t, "off.yaml", off)
	for _, test := range []struct{ input, args, reason string }{
		{"", "convert -", "no Kubernetes objects"},
		{"# a note\n", "revert -", "no Kubernetes objects"},
		{note, "convert -", "no workload in the input mounts"},
		{note, "revert -", "has a conversion to revert"},
		{deployment, "convert --config off.yaml -", "has a conversion to revert"},
	} {
		_, errs, status := verb(t, test.input, strings.Fields(test.args)...)
		require.Zero(t, status)
		require.Contains(t, errs, "nothing was changed: ", test.args)
		require.Contains(t, errs, test.reason, test.args)
	}
}

// TestBuildOfAFolderWithoutAKustomization names the verb that reads it.
func TestBuildOfAFolderWithoutAKustomization(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "plain/app.yaml", deployment)
	put(t, "chart/Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0\n")
	for folder, way := range map[string]string{"plain": "dindify convert plain", "chart": "helm template chart | "} {
		_, errs, status := verb(t, "", "build", folder)
		require.Equal(t, 1, status)
		require.Contains(t, errs, way)
	}
}
