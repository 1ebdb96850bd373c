package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestInitProposesNoSharedDisk: overlay2 does not work on the file servers that provide claims for several nodes.
func TestInitProposesNoSharedDisk(t *testing.T) {
	t.Chdir(t.TempDir())
	claim := "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: work\nspec:\n  accessModes: [MODE]\n" +
		"  storageClassName: some\n"
	for mode, proposed := range map[string]bool{"ReadWriteOnce": true, "ReadWriteMany": false, "ReadOnlyMany": false} {
		out, errs, status := verb(t, deployment+strings.Replace(claim, "MODE", mode, 1), "init", "-")
		require.Zero(t, status, errs)
		require.Equal(t, proposed, strings.Contains(out, "storageClassName: some"), mode)
	}
}

// TestAComponentBelowTheInputIsForBuild: the files of a kustomization are not what is applied.
func TestAComponentBelowTheInputIsForBuild(t *testing.T) {
	inRepository(t, "deploy/ci/dindify/dindify.yaml")
	_, errs, status := verb(t, "", "diff", "deploy")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "run the verb on its folder by itself")
	put(t, "deploy/ci/kustomization.yaml", "resources: [app.yaml]\n")
	succeed(t, "init", "--yes", "deploy/ci")
	_, errs, status = verb(t, "", "diff", "deploy")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "use dindify build deploy/ci, and leave it out here with --exclude deploy/ci")
	out, errs, status := verb(t, "", "diff", "--exclude", "deploy/ci", "deploy")
	require.Zero(t, status, errs)
	require.Empty(t, out)
}

// TestInitKeepsAReleaseOfHelm: kubectl would apply what it prints to the namespace of the context.
func TestInitKeepsAReleaseOfHelm(t *testing.T) {
	t.Chdir(t.TempDir())
	rendered := "---\n# Source: chart/templates/app.yaml\n" + deployment
	out, errs, status := verb(t, rendered, "init", "-o", ".", "-")
	require.Zero(t, status, errs)
	require.NotContains(t, out, "kubectl apply")
	require.Contains(t, out, "--post-renderer dindify --post-renderer-args convert --post-renderer-args "+
		"--config=dindify.yaml")
	require.Contains(t, out, "Helm 4")
	_, errs, status = verb(t, rendered, "init", "-")
	require.Zero(t, status)
	require.Contains(t, errs, "Store the configuration as dindify.yaml.")
}

// TestInitSaysWhatTheClusterRefuses: a pod and a Job are not changed by an apply.
func TestInitSaysWhatTheClusterRefuses(t *testing.T) {
	t.Chdir(t.TempDir())
	job := strings.NewReplacer("apps/v1", "batch/v1", "kind: Deployment", "kind: Job").Replace(deployment)
	_, errs, status := verb(t, job, "init", "-")
	require.Zero(t, status, errs)
	require.Contains(t, errs, "the API server refuses changes of Job/app: delete it there before the apply")
	_, errs, _ = verb(t, deployment, "init", "-")
	require.NotContains(t, errs, "refuses changes")
}

// TestInitNamesTheFilesOfANameThatIsThereTwice.
func TestInitNamesTheFilesOfANameThatIsThereTwice(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "app/one.yaml", deployment)
	put(t, "app/two.yaml", deployment)
	out, _ := succeed(t, "init", "app")
	require.Contains(t, out, "Deployment/app in app/one.yaml (")
	require.Contains(t, out, "Deployment/app in app/two.yaml (")
}

// TestInitFindsThePackagesOfARepository, but not a package in a package, which the outer one renders too.
func TestInitFindsThePackagesOfARepository(t *testing.T) {
	t.Chdir(t.TempDir())
	kptfile := "apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata:\n  name: p\n"
	put(t, "deploy/Kptfile", kptfile)
	put(t, "deploy/inner/Kptfile", kptfile)
	put(t, "deploy/inner/app.yaml", deployment)
	out, _ := succeed(t, "init")
	require.Contains(t, out, "The kpt package deploy has workloads to convert.")
	require.FileExists(t, "deploy/dindify.yaml")
	put(t, "plain/app.yaml", deployment)
	_, errs, status := verb(t, "", "init")
	require.Equal(t, 1, status)
	require.Contains(t, errs, "1  deploy  (Deployment/app)")
	require.Contains(t, errs, "2  plain  (Deployment/app)")
	out, _ = succeed(t, "init", "deploy")
	require.Contains(t, out, "kpt fn render deploy --allow-exec")
}

// TestInitOfNothingFails: the program before the bar may have failed.
func TestInitOfNothingFails(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, text := range []string{"", "Error: chart not found\n"} {
		_, errs, status := verb(t, text, "init", "-")
		require.Equal(t, 1, status)
		require.Contains(t, errs, "standard input has no Kubernetes object")
	}
	_, errs, status := verb(t, "", "init", ".")
	require.Equal(t, 1, status)
	require.Contains(t, errs, ". has no Kubernetes object")
}

// TestAConfigurationThatIsAFolder is said in words.
func TestAConfigurationThatIsAFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "conf/x.yaml", "")
	_, errs, status := verb(t, deployment, "convert", "--config", "conf", "-")
	require.Equal(t, 1, status)
	require.Contains(t, errs, "conf: is a folder, and --config names a file")
}

// TestInitPassesOverHiddenFolders: they are caches and checkouts of other programs.
func TestInitPassesOverHiddenFolders(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "app/kustomization.yaml", "resources: [app.yaml]\n")
	put(t, "app/app.yaml", deployment)
	put(t, ".cache/app/kustomization.yaml", "resources: [app.yaml]\n")
	put(t, ".cache/app/app.yaml", deployment)
	for _, chart := range []string{".chart", ".cache/chart"} {
		put(t, chart+"/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n")
		put(t, chart+"/templates/app.yaml", deployment)
	}
	out, errs := succeed(t, "init", "--yes", ".")
	require.Contains(t, out, "app/dindify/kustomization.yaml")
	require.NotContains(t, out+errs, ".cache")
	require.NotContains(t, out+errs, ".chart")
}
