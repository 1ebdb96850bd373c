package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBuildSaysWhatIsWrongOnce: kustomize reads each entry as a file and as a folder, and reports both attempts,
// without the kustomization.
func TestBuildSaysWhatIsWrongOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	for file, text := range map[string]string{
		"missing/kustomization.yaml":   "resources: [nowhere.yaml]\n",
		"unknown/kustomization.yaml":   "resource: [app.yaml]\n",
		"overlay/kustomization.yaml":   "resources: [../unknown]\n",
		"twice/kustomization.yaml":     "resources: [app.yaml, app.yaml]\n",
		"twice/app.yaml":               deployment,
		"outside/kustomization.yaml":   "resources: [../twice/app.yaml]\n",
		"component/kustomization.yaml": "components: [../part]\n",
		"part/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n" +
			"resources: [nowhere.yaml]\n",
		"early/kustomization.yaml": "resources: [../twice/]\ncomponents: [dindify]\n",
	} {
		put(t, file, text)
	}
	for dir, want := range map[string]string{
		"missing": `missing: accumulating resources from 'nowhere.yaml': \S*/missing/nowhere.yaml: no such file or directory`,
		"unknown": `unknown: invalid Kustomization: json: unknown field "resource"`,
		"overlay": `\S*/unknown: invalid Kustomization: json: unknown field "resource"`,
		"twice": `twice: accumulating resources: merging resources from 'app.yaml': ` +
			`may not add resource with an already registered id: \S+`,
		"outside": `outside: accumulating resources from '../twice/app.yaml': security; ` +
			`file '\S+' is not in or below '\S*/outside'`,
		"component": `\S*/part: accumulating resources from 'nowhere.yaml': \S*/part/nowhere.yaml: no such file or directory`,
	} {
		out, errs, status := verb(t, "", "build", dir)
		require.Equal(t, 1, status)
		require.Empty(t, out)
		require.Regexp(t, "^dindify: "+want+"\n$", errs)
	}
	put(t, "twice/kustomization.yaml", "resources: [app.yaml]\n")
	_, errs, _ := verb(t, "", "build", "early")
	require.Equal(t, "dindify: early lists the component dindify, which does not exist: dindify init early writes it\n",
		errs)
}

// TestInitWritesAComponentThatIsListed already, as a line of the README.
func TestInitWritesAComponentThatIsListed(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "app.yaml", deployment)
	put(t, "kustomization.yaml", "resources:\n- app.yaml\ncomponents:\n- dindify\n")
	out, _ := succeed(t, "init", ".")
	require.Contains(t, out, "Written:\n  dindify/kustomization.yaml\n")
	require.Contains(t, out, "It is already switched on.")
	require.Equal(t, "resources:\n- app.yaml\ncomponents:\n- dindify\n", get(t, "kustomization.yaml"))
	built, _ := succeed(t, "build", ".")
	require.Contains(t, built, "dind-daemon")
}

// TestInitNamesAChartBesideAKustomization: a release of it may use the node's Docker, too.
func TestInitNamesAChartBesideAKustomization(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "k/kustomization.yaml", "resources: [app.yaml]\n")
	put(t, "k/app.yaml", deployment)
	put(t, "harmless/Chart.yaml", "name: harmless\n")
	put(t, "harmless/templates/app.yaml", "kind: {{ .x }}\n")
	put(t, "chart/Chart.yaml", "name: chart\n")
	put(t, "chart/templates/app.yaml", "{{ if .x }}\nvolumes:\n- hostPath: {path: /var/run/docker.sock}\n{{ end }}\n")
	out, errs, status := verb(t, "", "init", ".")
	require.Equal(t, 1, status)
	require.Contains(t, out, "Written:\n  k/dindify/kustomization.yaml")
	require.Contains(t, errs, "chart was skipped: the templates of this chart must be rendered first: "+
		"dindify init -- helm template my-release chart")
	require.NotContains(t, errs, "harmless")
	_, errs, status = verb(t, "", "init", "--exclude", "chart", ".")
	require.Zero(t, status, errs)
}

// TestInitLeavesOutASkippedKustomization: the next commands would convert its files as plain manifests.
func TestInitLeavesOutASkippedKustomization(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "all/k/kustomization.yaml", "resources: [app.yaml, nowhere.yaml]\n")
	put(t, "all/k/app.yaml", deployment)
	_, errs, status := verb(t, "", "init", "all")
	require.Equal(t, 1, status)
	require.Contains(t, errs, "no configuration was written, and what was skipped may have workloads to convert: 1")
	put(t, "all/app.yaml", deployment)
	out, _, status := verb(t, "", "init", "all")
	require.Equal(t, 1, status)
	require.Contains(t, out, "dindify convert -i --exclude all/k all\n")
	require.NotContains(t, out, "all/k/app.yaml")

	put(t, "all/k/kustomization.yaml", "resources: [app.yaml]\n")
	_, errs, _ = verb(t, "", "init", "all")
	require.Contains(t, errs, "all --exclude all/k  (Deployment/app)")
	out, _ = succeed(t, "init", "--exclude", "all/k", "all")
	require.Contains(t, out, "dindify convert -i --exclude all/k all\n")
}

// TestABaseAndItsOverlayWarnOnce although both list dindify, and init says that the base does.
func TestABaseAndItsOverlayWarnOnce(t *testing.T) {
	program := built(t)
	t.Chdir(t.TempDir())
	put(t, "base/app.yaml", deployment)
	put(t, "base/kustomization.yaml", "resources: [app.yaml]\ncomponents: [dindify]\n")
	put(t, "prod/kustomization.yaml", "resources: [../base]\nnamePrefix: prod-\n")
	succeed(t, "init", "base")
	out, _ := succeed(t, "init", "prod")
	require.Contains(t, out, "A kustomization below lists dindify already, with its own configuration. See the output:\n"+
		"  dindify build prod\n")
	put(t, "prod/kustomization.yaml", "resources: [../base]\nnamePrefix: prod-\ncomponents: [dindify]\n")
	said, err := inShell(t, program, "dindify build prod 2>&1 >/dev/null")
	require.NoError(t, err, said)
	require.Equal(t, 1, strings.Count(said, "[class-assumed]"), said)
}
