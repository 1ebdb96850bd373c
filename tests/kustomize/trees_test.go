package kustomize

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// trees are kustomizations around two applications, a and b, each of which lists its own component.
var trees = map[string]map[string]string{
	"two components in a namespace": {"kustomization.yaml": "resources: [a, b]\n"},
	"nested": {
		"kustomization.yaml":      "resources: [over]\nnamePrefix: x-\n",
		"over/kustomization.yaml": "resources: [../a, ../b]\nnameSuffix: -y\n",
	},
	"prefixes of their own": {
		"kustomization.yaml": "resources: [one, two]\n", "one/kustomization.yaml": "resources: [../a]\nnamePrefix: one-\n",
		"two/kustomization.yaml": "resources: [../a]\nnamePrefix: two-\nnamespace: other\n",
	},
	"the component once more at the root": {"kustomization.yaml": "resources: [a, b]\ncomponents: [a/dindify]\n"},
	"the component at the root only": {
		"kustomization.yaml": "resources: [plain]\ncomponents: " +
			"[a/dindify]\nnamespace: ci\n", "plain/kustomization.yaml": "resources: [agent.yaml]\n",
		"plain/agent.yaml": app["agent.yaml"],
	},
	"the component twice": {"kustomization.yaml": "resources: [plain]\ncomponents: [a/dindify, " +
		"b/dindify]\n", "plain/kustomization.yaml": "resources: [agent.yaml]\n", "plain/agent.yaml": app["agent.yaml"]},
	"two namespaces": {
		"kustomization.yaml":       "resources: [a, other]\n",
		"other/kustomization.yaml": "resources: [../b]\nnamespace: other\n",
	},
	"each around the other, with a component and names of its own": {
		"kustomization.yaml": "resources: [two]\ncomponents: [a/dindify]\nnameSuffix: -root\nnamespace: root\n" +
			"sortOptions:\n  order: legacy\n  legacySortOptions: {orderFirst: [CronJob], orderLast: [Secret]}\n",
		"two/kustomization.yaml": "resources: [../a, ../b]\ncomponents: [../b/dindify]\nnamePrefix: two-\nnamespace: two\n",
	},
	"a component that does more": {
		"kustomization.yaml": "resources: [plain]\ncomponents: [all]\nnamespace: ci\n",
		"all/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncomponents: " +
			"[../a/dindify]\nnamePrefix: c-\nconfigMapGenerator:\n- name: engine\n  " +
			"literals: [a=b]\nimages:\n- {name: docker, newName: mirror.example.com/docker, digest: 'sha256:" +
			strings.Repeat("0", 64) + "'}\n" + patchDaemon,
		"plain/kustomization.yaml": "resources: [agent.yaml]\n", "plain/agent.yaml": app["agent.yaml"],
	},
	"a component of others": {
		"kustomization.yaml": "resources: [plain]\ncomponents: [all]\n",
		"all/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncomponents: " +
			"[../a/dindify]\nnamePrefix: c-\n", "plain/kustomization.yaml": "resources: [agent.yaml]\n",
		"plain/agent.yaml": app["agent.yaml"],
	},
}

// TestBuildPrintsWhatKustomizePrintsOfTrees tests nested kustomizations, and several components.
func TestBuildPrintsWhatKustomizePrintsOfTrees(t *testing.T) {
	one := func(name string) map[string]string {
		files := application(t, configurations[0])
		for file, text := range files {
			files[file] = strings.NewReplacer("name: agent", "name: "+name, "name: prune", "name: "+name+"-prune").Replace(text)
		}
		files["kustomization.yaml"] = "namespace: ci\n" + strings.Replace(resources, "name: settings", "name: settings-"+name,
			1) + "components: [dindify]\n"
		return files
	}
	for name, files := range trees {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			lay(t, dir, files)
			lay(t, dir, under("a", one("alpha")))
			lay(t, dir, under("b", one("beta")))
			require.Contains(t, requireSame(t, dir), "name: dind-daemon")
		})
	}
}
