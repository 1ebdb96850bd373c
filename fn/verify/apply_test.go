package verify

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// TestRoleOfABindingIsInItsNamespace checks for which bindings of missing roles the apply makes the role first.
func TestRoleOfABindingIsInItsNamespace(t *testing.T) {
	roles, err := ReadManifests("roles", strings.NewReader(`
kind: Role
metadata: {name: reader, namespace: tools}
---
kind: ClusterRole
metadata: {name: viewer}
`))
	require.NoError(t, err)
	r := &run{Options: Options{Namespace: "openhands", Manifests: roles}}
	for binding, want := range map[string]bool{
		"{kind: RoleBinding, metadata: {namespace: tools}, roleRef: {kind: Role, name: reader}}":        true,
		"{kind: RoleBinding, metadata: {namespace: openhands}, roleRef: {kind: Role, name: reader}}":    false,
		"{kind: RoleBinding, metadata: {namespace: tools}, roleRef: {kind: Role, name: viewer}}":        false,
		"{kind: RoleBinding, metadata: {namespace: tools}, roleRef: {kind: ClusterRole, name: viewer}}": true,
		"{kind: ClusterRoleBinding, metadata: {}, roleRef: {kind: ClusterRole, name: viewer}}":          true,
		"{kind: ConfigMap, metadata: {namespace: tools}}":                                               false,
	} {
		m, err := ReadManifests("binding", strings.NewReader(binding))
		require.NoError(t, err)
		require.Equal(t, want, r.bindsRoleOfFiles(m[0], m[0].Namespace), binding)
	}
}

// counted counts the reads of each path.
type counted struct {
	*fake
	gets map[string]int
}

func (c counted) Get(ctx context.Context, at string, into any) error {
	c.gets[at]++
	return c.fake.Get(ctx, at, into)
}

// TestObjectsOfTheFilesAreReadOnce checks that the checks rights and apply share what they read.
func TestObjectsOfTheFilesAreReadOnce(t *testing.T) {
	f := counted{healthy(t), map[string]int{}}
	_, err := Run(t.Context(), f, Options{
		Namespace: "openhands", Pre: true, Only: []string{"rights", "apply"},
		Manifests: manifestsOf(t, f.fake, map[string]any{}),
	})
	require.NoError(t, err)
	require.Contains(t, f.gets, "/apis/apps/v1/namespaces/openhands/deployments/openhands")
	require.Equal(t, 1, slices.Max(slices.Collect(maps.Values(f.gets))), f.gets)
}

// withoutNamespace is a cluster in which a namespace does not exist.
type withoutNamespace struct {
	*fake
	name string
}

func (c withoutNamespace) Create(ctx context.Context, at string, made, into any) error {
	if strings.Contains(at, "/namespaces/"+c.name+"/") {
		return apierrors.NewNotFound(schema.GroupResource{Resource: "namespaces"}, c.name)
	}
	return c.fake.Create(ctx, at, made, into)
}

// TestNamespaceThatDoesNotExist checks that objects of a namespace that is neither in the cluster nor in the files are
// refused, and that one of the files is waited for.
func TestNamespaceThatDoesNotExist(t *testing.T) {
	const workload = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: openhands, namespace: elsewhere}
spec: {template: {spec: {containers: [{name: c, image: "docker:cli"}, {name: d, image: "docker:28-dind"}]}}}
`
	for text, want := range map[string]Result{
		workload: Fail,
		workload + "---\n{apiVersion: v1, kind: Namespace, metadata: {name: elsewhere}}\n": Unknown,
	} {
		f := withoutNamespace{healthy(t), "elsewhere"}
		f.add(t, object{"apiVersion": "v1", "kind": "Namespace", "metadata": object{"name": "openhands"}})
		all, err := ReadManifests("files", strings.NewReader(text))
		require.NoError(t, err)
		rep, err := Run(t.Context(), f, Options{
			Namespace: "openhands", Pre: true, Manifests: all, Only: []string{"apply", "pod-security"},
		})
		require.NoError(t, err)
		for _, got := range []Outcome{rep.Checks[0], rep.Workloads[0].Checks[0]} {
			require.Equal(t, want, got.Result, got.Text)
			require.Contains(t, strings.ToLower(got.Text), "namespace elsewhere")
		}
	}
}

// TestNamesWithFilesOfAnotherNamespace checks a named workload that the files have in another namespace.
func TestNamesWithFilesOfAnotherNamespace(t *testing.T) {
	f := healthy(t)
	_, err := Run(t.Context(), f, Options{
		Namespace: "default", Names: []string{"deploy/openhands"}, Pre: true, Manifests: manifestsOf(t, f, map[string]any{}),
	})
	require.ErrorContains(t, err, "is in namespace openhands in the files of -f, not in default: use -n openhands")
}

// TestRefusalsDoNotShowThePatch checks that the values of a Secret do not get into the report.
func TestRefusalsDoNotShowThePatch(t *testing.T) {
	for value, why := range map[string]string{
		"map[data:map[password:hunter2!]]":       "illegal base64 data at input byte 7",
		`map[data:map[password:"hunter2": x\"]]`: "strict decoding error: unknown field \"dat\"",
	} {
		patch := field.Invalid(field.NewPath("patch"), value, why)
		require.Equal(t, why, refusalText(apierrors.NewInvalid(schema.GroupKind{}, "", field.ErrorList{patch})))
	}
}

// TestKindsThatEndInListAreObjects checks a kind of others whose name ends as that of a list does.
func TestKindsThatEndInListAreObjects(t *testing.T) {
	for text, want := range map[string]int{
		"{apiVersion: example.com/v1, kind: AllowList, metadata: {name: a}, spec: {}}":                        1,
		"{apiVersion: v1, kind: List, items: [{kind: ConfigMap}, {kind: Secret}]}":                            2,
		"{apiVersion: v1, kind: ConfigMapList, metadata: {resourceVersion: '1'}, items: [{kind: ConfigMap}]}": 1,
		"{apiVersion: v1, kind: List, items: [{kind: List, items: [{kind: ConfigMap}]}]}":                     1,
		"{apiVersion: v1, kind: List, items: []}":                                                             0,
		"{apiVersion: v1, kind: List}":                                                                        0,
		"{apiVersion: example.com/v1, kind: AllowList, metadata: {name: a}, items: not a list}":               1,
	} {
		all, err := ReadManifests("file", strings.NewReader(text))
		require.NoError(t, err, text)
		require.Len(t, all, want, text)
	}
}
