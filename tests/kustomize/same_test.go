package kustomize

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// app is the application for the features.
var app = map[string]string{
	"agent.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: agent
  labels: {app: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      hostNetwork: true
      containers:
      - name: agent
        image: buildkite/agent:3
        env:
        - {name: QUEUE, value: default}
        envFrom:
        - configMapRef: {name: settings}
        volumeMounts:
        - {name: sock, mountPath: /var/run/docker.sock}
        - {name: builds, mountPath: /builds}
      volumes:
      - {name: sock, hostPath: {path: /var/run/docker.sock}}
      - {name: builds, hostPath: {path: /srv/builds}}
---
apiVersion: v1
kind: Service
metadata: {name: agent}
spec:
  selector: {app: agent}
  ports: [{port: 80}]
`,
	"prune.yaml": `apiVersion: batch/v1
kind: CronJob
metadata: {name: prune}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
          - name: prune
            image: docker:28-cli
            command: [docker, system, prune, --force]
            volumeMounts:
            - {name: sock, mountPath: /var/run/docker.sock}
          volumes:
          - {name: sock, hostPath: {path: /var/run/docker.sock}}
`,
	"dindify/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ntransformers: " +
		"[dindify.yaml, fail-closed.yaml]\n",
}

// configurations are used in turn.
var configurations = []string{
	"spec: {}\n",
	"spec: {cleanup: {mode: CronJob}}\n",
	"spec: {client: {transport: TCP}, cleanup: {mode: Sidecar}}\n",
	"spec: {cleanup: {mode: None}, daemon: {isolation: Rootless}, pod: {nodePinning: Drop}}\n",
}

const asDinD = `apiVersion: dindify.dev/v1alpha1
kind: DinD
metadata:
  name: dindify
  annotations:
    dindify.dev/marker: "true"
    config.kubernetes.io/function: |
      exec:
        path: dindify
`

const resources = "resources: [agent.yaml, prune.yaml]\nconfigMapGenerator:\n- name: settings\n  literals: " +
	"[queue=fast]\n"

// lay writes files to a folder.
func lay(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
}

// under moves files to a folder of that name.
func under(dir string, files map[string]string) map[string]string {
	all := map[string]string{}
	for name, text := range files {
		all[filepath.Join(dir, name)] = text
	}
	return all
}

func application(t *testing.T, configuration string) map[string]string {
	t.Helper()
	closed, err := os.ReadFile(filepath.Join(root, "examples/kustomize/dindify/fail-closed.yaml"))
	require.NoError(t, err)
	files := maps.Clone(app)
	files["dindify/dindify.yaml"] = asDinD + configuration
	files["dindify/fail-closed.yaml"] = string(closed)
	return files
}

// merged adds lines to a kustomization, below a key if both have it.
func merged(kustomization, lines string) string {
	for _, key := range []string{"resources", "configMapGenerator", "transformers"} {
		if list, more, found := strings.Cut(lines, key+": ["); found && strings.Contains(kustomization, key+": [") {
			inside, rest, _ := strings.Cut(more, "]\n")
			kustomization = strings.Replace(kustomization, key+": [", key+": ["+inside+", ", 1)
			lines = list + rest
		}
		if list, more, found := strings.Cut(lines, key+":\n"); found && strings.Contains(kustomization, key+":\n") {
			kustomization = strings.Replace(kustomization, key+":\n", key+":\n"+more, 1)
			lines = list
		}
	}
	return kustomization + lines
}

// requireSame compares dindify build with kustomize build.
func requireSame(t *testing.T, dir string, flags ...string) string {
	t.Helper()
	with := append([]string{"build", "--enable-alpha-plugins", "--enable-exec"}, flags...)
	want, wantErrs, err := run(nil, "kustomize", append(with, dir)...)
	got, errs, gotErr := run(nil, "dindify", append(append([]string{"build"}, flags...), dir)...)
	require.NoError(t, err, "%s", wantErrs)
	require.NoError(t, gotErr, "%s", errs)
	require.Equal(t, string(want), string(got))
	require.NotContains(t, string(got), "DinDRan")
	return string(got)
}

// TestBuildPrintsWhatKustomizePrints tests every feature in the kustomization that lists the component, in an outer
// one, and in both.
func TestBuildPrintsWhatKustomizePrints(t *testing.T) {
	for i, f := range features {
		configuration := configurations[i%len(configurations)]
		inner, outer := resources+"components: [dindify]\n", "resources: [base]\n"
		places := map[string][2]string{
			"inside":  {merged(inner, f.lines), ""},
			"outside": {inner, merged(outer, f.lines)},
		}
		if f.outside {
			delete(places, "inside")
		}
		for place, k := range places {
			t.Run(f.name+"/"+place, func(t *testing.T) {
				dir := t.TempDir()
				lay(t, filepath.Join(dir, "base"), application(t, configuration))
				lay(t, dir, map[string]string{"base/kustomization.yaml": k[0]})
				if place == "inside" {
					lay(t, filepath.Join(dir, "base"), f.files)
					dir = filepath.Join(dir, "base")
				} else {
					lay(t, dir, f.files)
					lay(t, dir, map[string]string{"kustomization.yaml": k[1]})
				}
				out := requireSame(t, dir)
				if !strings.Contains(f.name, "ConfigMap") || place == "outside" && !strings.Contains(f.lines, "again") {
					require.Contains(t, out, "name: dind-daemon")
				}
			})
		}
	}
}

// TestBuildKeepsAnInnerSchema has a base with a schema without lists of containers: its patch replaces the list. The
// schema is global in kustomize, and adds to one that is in use: the check of a function must not load the built-in
// one.
func TestBuildKeepsAnInnerSchema(t *testing.T) {
	dir := t.TempDir()
	files := application(t, "spec: {}\n")
	files["schema.json"] = `{"definitions": {}}`
	files["kustomization.yaml"] = resources + "openapi: {path: schema.json}\npatches:\n- patch: '{apiVersion: apps/v1, " +
		"kind: Deployment, metadata: {name: agent}, spec: {template: {spec: {containers: [{name: agent, tty: true}]}}}}'\n"
	lay(t, filepath.Join(dir, "base"), files)
	lay(t, dir, map[string]string{
		"kustomization.yaml": "resources: [base]\ntransformers: [function.yaml, fail-closed.yaml]\n",
		"function.yaml":      files["dindify/dindify.yaml"], "fail-closed.yaml": files["dindify/fail-closed.yaml"],
	})
	require.NotContains(t, requireSame(t, dir), "image: buildkite/agent")
}

// TestBuildPrintsTheProjectsOwn builds every overlay, example and preset.
func TestBuildPrintsTheProjectsOwn(t *testing.T) {
	dirs := []string{"examples/kustomize"}
	for _, pattern := range []string{"overlays/*", "examples/presets/*"} {
		found, err := filepath.Glob(filepath.Join(root, pattern, "kustomization.yaml"))
		require.NoError(t, err)
		require.NotEmpty(t, found)
		for _, file := range found {
			dir, err := filepath.Rel(root, filepath.Dir(file))
			require.NoError(t, err)
			dirs = append(dirs, dir)
		}
	}
	for _, dir := range dirs {
		t.Run(dir, func(t *testing.T) { requireSame(t, dir) })
	}
	all := "resources:\n"
	for _, dir := range dirs {
		if strings.HasPrefix(dir, "examples/presets/") {
			all += "- presets/" + filepath.Base(dir) + "\n"
		}
	}
	t.Run("all presets at once", func(t *testing.T) {
		dir := t.TempDir()
		require.NoError(t, os.CopyFS(filepath.Join(dir, "presets"), os.DirFS(filepath.Join(root, "examples/presets"))))
		lay(t, dir, map[string]string{"kustomization.yaml": all})
		requireSame(t, dir)
	})
}

func TestBuildTakesKustomizesOrder(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, application(t, configurations[1]))
	lay(t, dir, map[string]string{"kustomization.yaml": resources + "components: [dindify]\n"})
	requireSame(t, dir, "--reorder=none")
	requireSame(t, dir, "--enable-managedby-label")
}
