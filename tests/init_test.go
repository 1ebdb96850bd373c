package tests

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestInitWritesWhatTheFolderNeeds: testdata/init/NAME is a folder, NAME.txt has init's output and the files it
// writes.
func TestInitWritesWhatTheFolderNeeds(t *testing.T) {
	for _, name := range []string{"kustomize", "plain", "nothing"} {
		t.Run(name, func(t *testing.T) {
			golden, err := filepath.Abs("testdata/init/" + name + ".txt")
			require.NoError(t, err)
			before := inCopy(t, "testdata/init/"+name)
			out, errs, status := verb(t, "", "init", "app")
			require.Equal(t, 0, status, errs)
			after := appFiles(t)
			for _, file := range slices.Sorted(maps.Keys(after)) {
				if before[file] != after[file] {
					out += "\n==> " + file + "\n" + after[file]
				}
			}
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(out), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), out)
		})
	}
}

// TestInitReplacesOnlyWhenToldTo: init refuses to replace a different configuration and prints the diff, unless --yes.
func TestInitReplacesOnlyWhenToldTo(t *testing.T) {
	inCopy(t, "testdata/init/kustomize")
	succeed(t, "init", "app")
	fresh := appFiles(t)
	out, _ := succeed(t, "init", "app")
	require.Contains(t, out, "up to date")
	edited := strings.Replace(fresh["app/dindify/dindify.yaml"], "memory: 2Gi", "memory: 9Gi", 1)
	put(t, "app/dindify/dindify.yaml", edited)
	before := appFiles(t)
	out, errs, status := verb(t, "", "init", "app")
	require.Equal(t, 1, status)
	require.Contains(t, out, "-        memory: 9Gi\n+        memory: 2Gi\n")
	require.Contains(t, errs, "app/dindify/dindify.yaml")
	require.Contains(t, errs, "--yes")
	require.Equal(t, before, appFiles(t))
	out, _ = succeed(t, "init", "--dry-run", "app")
	require.Contains(t, out, "kind: Component")
	require.Equal(t, before, appFiles(t))
	succeed(t, "init", "--yes", "app")
	require.Equal(t, fresh, appFiles(t))
}

// TestInitReplacesOnlyItsOwnFiles: --yes replaces a configuration, not an object of the same file name.
func TestInitReplacesOnlyItsOwnFiles(t *testing.T) {
	for _, name := range []string{"dindify.yaml", "kustomization.yaml", "fail-closed.yaml"} {
		inCopy(t, "testdata/init/kustomize")
		put(t, "app/dindify/"+name, deployment)
		before := appFiles(t)
		_, errs, status := verb(t, "", "init", "--yes", "app")
		require.Equal(t, 1, status, name)
		require.Contains(t, errs, "app/dindify/"+name+" is not a file that init writes")
		require.Equal(t, before, appFiles(t))
	}
}

// TestInitFollowsNoLinkOut: a repository may contain a link to any file of the user.
func TestInitFollowsNoLinkOut(t *testing.T) {
	for link, to := range map[string]string{
		"app/dindify": "../outside", "app/dindify/dindify.yaml": "../../outside/dindify.yaml",
		"app/dindify/fail-closed.yaml": "../../outside/absent.yaml",
	} {
		inCopy(t, "testdata/init/kustomize")
		put(t, "outside/dindify.yaml", spec("{}"))
		require.NoError(t, os.MkdirAll(filepath.Dir(link), 0o755))
		require.NoError(t, os.Symlink(to, link))
		_, errs, status := verb(t, "", "init", "--yes", "app")
		require.Equal(t, 1, status, link)
		require.Contains(t, errs, "init writes only inside app")
		require.Equal(t, spec("{}"), get(t, "outside/dindify.yaml"))
		outside, err := os.ReadDir("outside")
		require.NoError(t, err)
		require.Len(t, outside, 1)
	}
	inCopy(t, "testdata/init/kustomize")
	require.NoError(t, os.Mkdir("app/own", 0o755))
	require.NoError(t, os.Symlink("own", "app/dindify"))
	succeed(t, "init", "app")
	require.FileExists(t, "app/own/dindify.yaml")
}

// TestInitWritesNothingThatKubectlApplies: `kubectl apply -f DIR` reads each YAML file of the folder, but not of
// subfolders. A configuration beside the manifests stays there; a new one goes there only if the subfolder's name is
// taken.
func TestInitWritesNothingThatKubectlApplies(t *testing.T) {
	for _, arg := range []string{"app", "app/app.yaml"} {
		t.Chdir(t.TempDir())
		put(t, "app/app.yaml", deployment)
		succeed(t, "init", arg)
		require.FileExists(t, "app/dindify/dindify.yaml")
		require.NoFileExists(t, "app/dindify.yaml")
		_, errs := succeed(t, "convert", arg)
		require.Contains(t, errs, "configuration: app/dindify/dindify.yaml")
	}
	t.Chdir(t.TempDir())
	put(t, "app.yaml", deployment)
	put(t, "dindify.yaml", spec("daemon: {image: example.com/mine:dind}"))
	succeed(t, "init", "--yes", ".")
	require.NoDirExists(t, "dindify")
	require.NotContains(t, get(t, "dindify.yaml"), "example.com/mine")
	require.NoError(t, os.Remove("dindify.yaml"))
	put(t, "dindify", "a program")
	succeed(t, "init", ".")
	require.FileExists(t, "dindify.yaml")
}

// TestInitNamesWhatTheCleanUpAdds: a clean-up job gets a Role for pods/exec, which a reviewer has to see.
func TestInitNamesWhatTheCleanUpAdds(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../base")))
	out, _ := succeed(t, "init", "--yes", dir)
	require.Contains(t, out, `
Prunes the new daemon instead of the node's Docker:
  CronJob/openhands/docker-cleanup

Added for the clean-up:
  ServiceAccount/openhands/openhands-docker-cleanup-sa
  Role/openhands/openhands-docker-cleanup-exec
  RoleBinding/openhands/openhands-docker-cleanup-exec-binding
`)
}

// TestInitRefusesWhatIsNoSource: for a chart init prints the command that renders it.
func TestInitRefusesWhatIsNoSource(t *testing.T) {
	inCopy(t, "testdata/init/plain")
	put(t, "chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n")
	put(t, "chart/templates/app.yaml", "kind: {{ .Values.kind }}\n")
	for arg, says := range map[string]string{
		"nowhere": "nowhere", "chart": "dindify init -- helm template my-release chart",
		"chart/templates/app.yaml": "dindify init -- helm template my-release chart",
	} {
		out, errs, status := verb(t, "", "init", arg)
		require.Equal(t, 1, status)
		require.Empty(t, out)
		require.Contains(t, errs, says)
	}
}

// TestInitOfStandardInput prints only the configuration, or writes it to a folder, but never to one named "-".
func TestInitOfStandardInput(t *testing.T) {
	t.Chdir(t.TempDir())
	out, errs, status := verb(t, deployment, "init", "-")
	require.Zero(t, status, errs)
	require.True(t, strings.HasPrefix(out, "# yaml-language-server"), out)
	require.Contains(t, errs, "Deployment/app")
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	require.Empty(t, files)
	put(t, "printed.yaml", out)
	converted, errs, status := verb(t, deployment, "convert", "-c", "printed.yaml", "-")
	require.Zero(t, status, errs)
	require.Contains(t, converted, "sizeLimit: 20Gi")

	_, errs, status = verb(t, deployment, "init", "-o", "deploy", "-")
	require.Zero(t, status, errs)
	require.NotContains(t, errs, "--post-renderer")
	_, errs, status = verb(t, "---\n# Source: chart/templates/app.yaml\n"+deployment, "init", "-")
	require.Zero(t, status)
	require.Contains(t, errs, "--post-renderer dindify", "a release of Helm stays one")
	require.Equal(t, strings.Replace(out, nameOf(out), "  name: deploy", 1), get(t, "deploy/dindify.yaml"))
}

func nameOf(config string) string {
	for line := range strings.Lines(config) {
		if strings.HasPrefix(line, "  name: ") {
			return strings.TrimSuffix(line, "\n")
		}
	}
	return ""
}

// TestInitFindsTheKustomizationsOfARepository: the only one with something to convert, or a list of them. Components
// and kustomizations that do not build are skipped.
func TestInitFindsTheKustomizationsOfARepository(t *testing.T) {
	t.Chdir(t.TempDir())
	kustomization := "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
	put(t, "base/kustomization.yaml", kustomization+"resources: [app.yaml]\n")
	put(t, "base/app.yaml", deployment)
	put(t, "other/kustomization.yaml", kustomization+"resources: [cm.yaml]\n")
	put(t, "other/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n")
	put(t, "broken/kustomization.yaml", kustomization+"resources: [nowhere.yaml]\n")
	put(t, "part/kustomization.yaml", strings.Replace(kustomization, "v1beta1\nkind: Kustomization",
		"v1alpha1\nkind: Component", 1))
	out, errs, status := verb(t, "", "init")
	require.Equal(t, 1, status, "one was skipped")
	require.Contains(t, errs, "broken was skipped")
	require.Contains(t, errs, "what was skipped may have workloads to convert: 1, see above")
	require.Contains(t, out, "dindify build base ")
	require.FileExists(t, "base/dindify/dindify.yaml")

	put(t, "overlay/kustomization.yaml", kustomization+"namePrefix: prod-\nresources: [../base]\n")
	out, errs, status = verb(t, "", "init", ".")
	require.Equal(t, 1, status)
	require.Contains(t, errs, "base  (Deployment/app)")
	require.Contains(t, errs, "overlay  (Deployment/prod-app)", "the name that the cluster will see")
	require.NotContains(t, errs, "other ")
	require.NotContains(t, errs, "part ")
	require.Empty(t, out)
	require.NoDirExists(t, "overlay/dindify")
}

// TestInitPassesOverNothing: manifests beside a kustomization, and what it cannot read. If it found nothing else, it
// fails.
func TestInitPassesOverNothing(t *testing.T) {
	kustomization := "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
	chart := map[string]string{
		"chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 1.0.0\n", "chart/templates/app.yaml": "kind: {{ .x }}\n",
	}
	inflated := map[string]string{"a/kustomization.yaml": kustomization + "helmCharts:\n- name: x\n  releaseName: x\n"}
	beside := map[string]string{
		"k/kustomization.yaml": kustomization + "resources: [app.yaml]\n", "k/app.yaml": deployment,
		"apps/plain/app.yaml": deployment,
	}
	for name, test := range map[string]struct {
		files map[string]string
		says  []string
	}{
		"a chart":                       {chart, []string{"dindify init -- helm template my-release chart"}},
		"a kustomization with charts":   {inflated, []string{"a was skipped", "add --enable-helm"}},
		"manifests in no kustomization": {beside, []string{"k  (Deployment/app)", "apps/plain  (Deployment/app)"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for file, text := range test.files {
				put(t, file, text)
			}
			_, errs, status := verb(t, "", "init", ".")
			require.Equal(t, 1, status)
			for _, says := range test.says {
				require.Contains(t, errs, says)
			}
			_, err := os.Stat("dindify")
			require.ErrorIs(t, err, fs.ErrNotExist)
		})
	}
}

// TestInitNamesAFindingOnce: an autoscaler with two metrics has two findings with the same id.
func TestInitNamesAFindingOnce(t *testing.T) {
	hpa := "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: app\nspec:\n" +
		"  maxReplicas: 2\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: app}\n  metrics:\n" +
		"  - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}\n" +
		"  - {type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 50}}}\n"
	_, errs, status := verb(t, deployment+hpa, "init", "-")
	require.Zero(t, status)
	require.Equal(t, 1, strings.Count(errs, "HorizontalPodAutoscaler/app spec.metrics"), errs)
}

// TestInitSaysWhatItSees: each field that init sets has its reason in the same line, or in the line above.
func TestInitSaysWhatItSees(t *testing.T) {
	hpa := "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: app\nspec:\n  " +
		"maxReplicas: 6\n  scaleTargetRef:\n    kind: Deployment\n    name: app\n"
	quota := "---\napiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: quota\nspec:\n  hard:\n    " +
		"requests.memory: 100Gi\n"
	claim := "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: work\nspec:\n  storageClassName: fast\n"
	job := "---\napiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: prune\nspec:\n  schedule: 0 3 * * *\n  " +
		"jobTemplate:\n    spec:\n      template:\n        spec:\n" +
		"          containers:\n          - name: prune\n            image: docker:cli\n            command: [docker, " +
		"system, prune, -f]\n" +
		"            volumeMounts:\n            - {name: sock, mountPath: /var/run/docker.sock}\n          volumes:\n      " +
		"    - name: sock\n            hostPath: {path: /var/run/docker.sock}\n"
	mounts := strings.NewReplacer("        volumeMounts:\n", "        volumeMounts:\n        - {name: work, mountPath: "+
		"/work}\n        - {name: token, mountPath: /token}\n        - {name: own, mountPath: /var/lib/docker}\n",
		"      volumes:\n", "      volumes:\n      - {name: work, persistentVolumeClaim: {claimName: work}}\n      - "+
			"{name: token, secret: {secretName: t}}\n      - {name: own, emptyDir: {}}\n").Replace(deployment)
	recreate := strings.Replace(deployment, "spec:\n", "spec:\n  strategy: {type: Recreate}\n", 1)
	for name, test := range map[string]struct {
		in    string
		lines []string
	}{
		"replicas": {
			strings.Replace(deployment, "spec:\n", "spec:\n  replicas: 3\n", 1),
			[]string{
				"# 3 pods at most (Deployment/app: replicas 3): in total the daemons request cpu 1500m and memory 6Gi.",
				"storage: # of images and containers. Each pod has its own", "mode: Sidecar # ",
			},
		},
		"an autoscaler": {deployment + hpa, []string{"# 6 pods at most (Deployment/app: HorizontalPodAutoscaler/app " +
			"allows 6): in total the daemons request cpu 3 and memory 12Gi."}},
		"a quota":         {deployment + quota, []string{"ResourceQuota/quota counts them."}},
		"a storage class": {deployment + claim, []string{"ephemeral: {storageClassName: fast, size: 20Gi}"}},
		"one pod": {recreate, []string{
			"# 1 pod at most: in total the daemons request cpu 500m and memory 2Gi.",
			"one pod at a time (Recreate), so a claim can keep it",
		}},
		"volumes": {mounts, []string{"# Also in the daemon, at the same paths: work.", "mirrorExclude: [own] # " +
			"the daemon has its own file there", "could read them: token.", "mirrorInclude: [] # "}},
		"a job that prunes": {
			strings.ReplaceAll(deployment+job, "\nmetadata:\n", "\nmetadata:\n  namespace: ci\n"),
			[]string{"mode: CronJob # CronJob/prune prunes the node now"},
		},
		"a job without a namespace": {
			deployment + job,
			[]string{"mode: Sidecar # Deployment/app has no namespace in the input"},
		},
		"one for several": {
			strings.Replace(deployment, "spec:\n", "spec:\n  replicas: 3\n", 1) + job,
			[]string{"mode: Sidecar # Deployment/app has several pods"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			out, errs, status := verb(t, test.in, "init", "-")
			require.Zero(t, status, errs)
			for _, line := range append(test.lines, "image: docker:28.5.2-dind # ", "      limits:\n        cpu: \"1\"\n      "+
				"  memory: 2Gi\n") {
				require.Contains(t, out, line)
			}
			put(t, "dindify.yaml", out)
			_, errs, status = verb(t, test.in, "convert", "-")
			require.Zero(t, status, errs)
		})
	}
}

// here is the absolute path of this folder, whatever the working directory.
var here, _ = os.Getwd()

// inCopy changes to a new directory with a copy of a folder as app, and returns the copy's files.
func inCopy(t *testing.T, dir string) map[string]string {
	t.Helper()
	from := filepath.Join(here, dir)
	t.Chdir(t.TempDir())
	require.NoError(t, os.CopyFS("app", os.DirFS(from)))
	return appFiles(t)
}

func appFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir("app", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		files[filepath.ToSlash(path)] = string(text)
		return err
	}))
	return files
}

// TestMisspelledVerbsAndFlagsAreSuggested; TestBadInputIsRefusedAndComesBackUnchanged covers values and fields.
func TestMisspelledVerbsAndFlagsAreSuggested(t *testing.T) {
	for _, test := range []struct {
		status int // for diff, 1 means differences
		args   []string
	}{{1, []string{"convrt"}}, {2, []string{"diff", "--stats"}}, {1, []string{"build", "--mod", "DinD"}}} {
		_, errs, status := verb(t, "", test.args...)
		require.Equal(t, test.status, status)
		require.Contains(t, errs, "did you mean", strings.Join(test.args, " "))
	}
}
