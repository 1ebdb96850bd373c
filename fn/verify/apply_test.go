package verify

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
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
