package tests

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const kustomizationHead = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [app.yaml]\n"

const deploymentWithoutSocket = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  template:
    spec:
      containers:
      - name: app
        image: example.com/app
`

const socketComponent = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
- patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: app}
    spec:
      template:
        spec:
          containers: [{name: app, volumeMounts: [{name: sock, mountPath: /var/run/docker.sock}]}]
          volumes: [{name: sock, hostPath: {path: /var/run/docker.sock}}]
`

// TestTheNextCommandsWorkAsPrinted runs the three commands that init prints with bash, for each source, and checks
// that kubectl gets converted objects. kubectl is a script that saves its standard input, so no cluster is needed.
func TestTheNextCommandsWorkAsPrinted(t *testing.T) {
	program := built(t)
	for name, test := range map[string]struct {
		files map[string]string
		arg   string
		pipe  string // prefix of the commands for standard input
	}{
		"plain folder":   {map[string]string{"my app/app.yaml": deployment}, "my app", ""},
		"a file":         {map[string]string{"app.yaml": deployment}, "app.yaml", ""},
		"standard input": {map[string]string{"app.yaml": deployment}, "-", "cat app.yaml | "},
		"kustomization": {
			map[string]string{"k/app.yaml": deployment, "k/kustomization.yaml": kustomizationHead},
			"k", "",
		},
		"no end of line": {map[string]string{
			"k/app.yaml":           deployment,
			"k/kustomization.yaml": strings.TrimSuffix(kustomizationHead, "\n"),
		}, "k", ""},
		"a component": {map[string]string{
			"k/app.yaml": deployment, "k/c/kustomization.yaml": component,
			"k/kustomization.yml": kustomizationHead + "components:\n- c\nnamePrefix: x-\n",
		}, "k", ""},
		"an indented component": {map[string]string{
			"k/app.yaml": deployment, "k/c/kustomization.yaml": component,
			"k/Kustomization": kustomizationHead + "components: # on\n  - c\n",
		}, "k", ""},
		"components in flow style": {map[string]string{
			"k/app.yaml": deployment, "k/c/kustomization.yaml": component,
			"k/kustomization.yaml": kustomizationHead + "components: [c]\n",
		}, "k", ""},
		"a component that mounts the socket": {map[string]string{
			"k/app.yaml": deploymentWithoutSocket, "k/c/kustomization.yaml": socketComponent,
			"k/kustomization.yaml": kustomizationHead + "components:\n- c # mounts it\n",
		}, "k", ""},
		"a component that mounts the socket, in flow style": {map[string]string{
			"k/app.yaml": deploymentWithoutSocket, "k/c/kustomization.yaml": socketComponent,
			"k/kustomization.yaml": kustomizationHead + "components: [c]\n",
		}, "k", ""},
		"components in flow style on lines": {map[string]string{
			"k/app.yaml": deployment, "k/c/kustomization.yaml": component,
			"k/kustomization.yaml": kustomizationHead + "components: [\n  c,\n]\n",
		}, "k", ""},
		"components that are null": {map[string]string{"k/app.yaml": deployment, "k/kustomization.yaml": kustomizationHead +
			"components:\nnamePrefix: x-\n"}, "k", ""},
		"an empty list": {map[string]string{"k/app.yaml": deployment, "k/kustomization.yaml": kustomizationHead +
			"components: []\n"}, "k", ""},
		"JSON": {map[string]string{
			"k/app.yaml": deployment, "k/kustomization.yaml": `{"resources": ["app.yaml"]}` + "\n",
		}, "k", ""},
		"JSON on lines, with components": {map[string]string{
			"k/app.yaml": deployment, "k/c/kustomization.yaml": component,
			"k/kustomization.yaml": "{\n  \"resources\": [\"app.yaml\"],\n  \"components\": [\"c\"], \"images\": []\n}\n",
		}, "k", ""},
		"flow style with an empty list": {map[string]string{
			"k/app.yaml": deployment, "k/kustomization.yaml": "# on\n{components: [], resources: [app.yaml]}\n",
		}, "k", ""},
		"an overlay with a prefix": {map[string]string{
			"b/app.yaml": deployment, "b/kustomization.yaml": kustomizationHead,
			"o/kustomization.yaml": "resources: [../b]\nnamePrefix: prod-\n",
		}, "o", ""},
		"a folder that is a number": {map[string]string{
			"007/app.yaml":           deployment,
			"007/kustomization.yaml": kustomizationHead,
		}, "007", ""},
		"a repository": {map[string]string{
			"deploy/b/app.yaml":           deployment,
			"deploy/b/kustomization.yaml": kustomizationHead,
		}, ".", ""},
		"manifests in a repository": {map[string]string{"deploy/b/app.yaml": deployment}, ".", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for file, text := range test.files {
				put(t, file, text)
			}
			args := []string{"init", test.arg}
			if test.arg == "-" {
				args = []string{"init", "-o", "out", "-"}
			}
			out, errs, status := verb(t, test.files["app.yaml"], args...)
			require.Zero(t, status, errs)
			steps := nextCommands(out)
			require.Len(t, steps, 3, out)
			for i, step := range steps {
				said, err := inShell(t, program, strings.Replace(step, "… | ", test.pipe, 1))
				if i == 0 { // a diff exits 1 if there are differences
					require.Contains(t, said, "+      - name: dind-daemon", step)
					continue
				}
				require.NoError(t, err, "%s\n%s", step, said)
			}
			require.Contains(t, get(t, "applied.yaml"), "name: dind-daemon")
			require.NotContains(t, get(t, "applied.yaml"), "kind: DinD", "the configuration is not for the cluster")
		})
	}
}

const component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: {a: b}\n"

// nextCommands returns the indented lines at the end of init's output.
func nextCommands(out string) (all []string) {
	end := out[strings.LastIndex(out, "\n\n"):]
	for line := range strings.Lines(end) {
		if command, ok := strings.CutPrefix(line, "  "); ok {
			all = append(all, strings.TrimSpace(command))
		}
	}
	return all
}

// inShell runs a command of init in a shell without extensions, with this dindify, and a kubectl that saves its input.
func inShell(t *testing.T, program, command string) (string, error) {
	t.Helper()
	bin := t.TempDir()
	require.NoError(t, os.Symlink(program, filepath.Join(bin, "dindify")))
	keep := "#!/bin/sh\n[ \"$1 $2\" = 'apply -f' ] && cat \"${3}\" > applied.yaml\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "kubectl"), []byte(keep), 0o755))
	cmd := exec.Command("sh", "-c", command)
	cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	return string(out), err
}
