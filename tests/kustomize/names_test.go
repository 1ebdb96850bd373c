package kustomize

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"
)

// outer has kustomizations around the one that lists the component, or lines for that one.
var outer = []struct{ name, inside, outside string }{
	{"nothing", "", ""},
	{"prefix inside", "namePrefix: in-\n", ""},
	{"prefix outside", "", "namePrefix: out-\n"},
	{"suffix outside", "", "nameSuffix: -v2\n"},
	{"namespace outside", "", "namespace: team\n"},
	{"namespaces", "namespace: ci\n", "namespace: team\n"},
	{"everything twice", "namePrefix: in-\nnameSuffix: -v1\nnamespace: ci\n", "namePrefix: out-\nnameSuffix: " +
		"-v2\nnamespace: team\n"},
}

// TestNamesSurviveOverlays: with the component that init writes, every name in a rewritten job refers to an existing
// object, in whatever kustomization the component is, and renamed objects can be reverted.
func TestNamesSurviveOverlays(t *testing.T) {
	for _, kind := range []string{"Deployment", "StatefulSet"} {
		for _, o := range outer {
			t.Run(kind+"/"+o.name, func(t *testing.T) {
				dir := t.TempDir()
				layInitialized(t, dir, kind, o.inside, o.outside)
				require.FileExists(t, filepath.Join(dir, "base/dindify/names.yaml"))
				built := requireSame(t, dir)
				requireNamesAgree(t, built, kind)
				said, errs, err := run([]byte(built), "dindify", "audit", "-")
				require.NoError(t, err, "%s\n%s", said, errs)

				back, errs, err := run([]byte(built), "dindify", "revert", "-")
				require.NoError(t, err, "%s", errs)
				require.NotContains(t, string(errs), "revert-kept")
				lay(t, dir, map[string]string{"base/kustomization.yaml": o.inside + resources})
				plain, errs, err := run(nil, "kustomize", "build", dir)
				require.NoError(t, err, "%s", errs)
				require.Equal(t, string(plain), string(back))
			})
		}
	}
}

// TestNamesSurviveSecondComponents: the outer kustomization lists the component again, so that generated and since
// renamed objects are generated again.
func TestNamesSurviveSecondComponents(t *testing.T) {
	for _, o := range outer {
		t.Run(o.name, func(t *testing.T) {
			dir := t.TempDir()
			layInitialized(t, dir, "Deployment", o.inside, "components: [base/dindify]\n"+o.outside)
			built := requireSame(t, dir)
			requireNamesAgree(t, built, "Deployment")
			said, errs, err := run([]byte(built), "dindify", "audit", "-")
			require.NoError(t, err, "%s\n%s", said, errs)
		})
	}
}

// TestLostNamesAreFound uses the same component without its names.yaml, in an overlay with a prefix.
func TestLostNamesAreFound(t *testing.T) {
	dir := t.TempDir()
	layInitialized(t, dir, "Deployment", "", "namePrefix: out-\n")
	component := filepath.Join(dir, "base/dindify/kustomization.yaml")
	text, err := os.ReadFile(component)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(component, []byte(strings.Replace(string(text), "configurations:\n- names.yaml\n", "",
		1)), 0o644))
	built, errs, err := run(nil, "dindify", "build", dir)
	require.NoError(t, err, "%s", errs)
	require.Contains(t, string(errs), "[conversion-broken]")
	said, _, err := run(built, "dindify", "audit", "-")
	require.Error(t, err)
	require.Contains(t, string(said), "kubectl exec names deployment/agent, which does not exist")
}

// TestOnlyAComponentGetsTheLabels of the kustomization that lists it, as the README says: a plain transformer runs
// later.
func TestOnlyAComponentGetsTheLabels(t *testing.T) {
	const labels = "labels:\n- pairs:\n    team: builds\n"
	dir := t.TempDir()
	layInitialized(t, dir, "Deployment", labels, "")
	for list, gets := range map[string]bool{
		"components: [dindify]\n": true, "transformers: [dindify/dindify.yaml]\n": false,
	} {
		lay(t, dir, map[string]string{"base/kustomization.yaml": labels + resources + list})
		built, errs, err := run(nil, "kustomize", "build", "--enable-alpha-plugins", "--enable-exec", dir)
		require.NoError(t, err, "%s", errs)
		account, _, _ := strings.Cut(string(built), "\n---\n")
		require.Contains(t, account, "kind: ServiceAccount")
		require.Equal(t, gets, strings.Contains(account, "team: builds"), list)
	}
}

// layInitialized creates an application with its own pruning job, and the component that init writes for it.
func layInitialized(t *testing.T, dir, kind, inside, outside string) {
	t.Helper()
	workload := strings.Replace(app["agent.yaml"], "kind: Deployment", "kind: "+kind, 1)
	lay(t, dir, map[string]string{
		"kustomization.yaml":      "resources: [base]\n" + outside,
		"base/agent.yaml":         workload,
		"base/prune.yaml":         app["prune.yaml"],
		"base/kustomization.yaml": inside + resources,
	})
	said, errs, err := run(nil, "dindify", "init", filepath.Join(dir, "base"))
	require.NoError(t, err, "%s", errs)
	require.NotContains(t, string(said)+string(errs), "cleanup-namespace", "an outer kustomization may set it")
	lay(t, dir, map[string]string{"base/kustomization.yaml": inside + resources + "components: [dindify]\n"})
}

// requireNamesAgree resolves each name in the job like Kubernetes.
func requireNamesAgree(t *testing.T, built, kind string) {
	t.Helper()
	type meta struct {
		Name, Namespace string
		Annotations     map[string]string
	}
	var job struct {
		Metadata meta
		Spec     struct {
			JobTemplate struct {
				Spec struct {
					Template struct {
						Metadata meta
						Spec     struct {
							ServiceAccountName string
							Containers         []struct {
								Command []string
								Env     []struct {
									Name      string
									ValueFrom struct{ FieldRef struct{ FieldPath string } }
								}
							}
						}
					}
				}
			}
		}
	}
	var workload, account struct{ Metadata meta }
	var role struct {
		Metadata meta
		Rules    []struct{ ResourceNames []string }
	}
	var binding struct {
		Subjects []struct{ Name, Namespace string }
		RoleRef  struct{ Name string }
	}
	into := map[string]any{
		kind: &workload, "CronJob": &job, "ServiceAccount": &account, "Role": &role,
		"RoleBinding": &binding,
	}
	for doc := range strings.SplitSeq(built, "\n---\n") {
		var o struct{ Kind string }
		require.NoError(t, yaml.Unmarshal([]byte(doc), &o))
		if v := into[o.Kind]; v != nil {
			require.NoError(t, yaml.Unmarshal([]byte(doc), v))
		}
	}
	template := job.Spec.JobTemplate.Spec.Template
	clean := template.Spec.Containers[0]
	require.Equal(t, "DINDIFY_TARGET", clean.Env[0].Name)
	require.Equal(t, "metadata.annotations['dindify.dev/target']", clean.Env[0].ValueFrom.FieldRef.FieldPath)
	require.Contains(t, clean.Command, strings.ToLower(kind)+"/$(DINDIFY_TARGET)")
	require.Equal(t, workload.Metadata.Name, template.Metadata.Annotations["dindify.dev/target"])
	require.Equal(t, []string{workload.Metadata.Name}, role.Rules[2].ResourceNames)
	require.Equal(t, account.Metadata.Name, template.Spec.ServiceAccountName)
	require.Equal(t, account.Metadata.Name, binding.Subjects[0].Name)
	require.Equal(t, role.Metadata.Name, binding.RoleRef.Name)
	if workload.Metadata.Namespace != "" {
		require.Equal(t, workload.Metadata.Namespace, binding.Subjects[0].Namespace)
		require.Equal(t, workload.Metadata.Namespace, job.Metadata.Namespace)
	}
}
