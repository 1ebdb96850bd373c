package verify

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	rbacv1 "k8s.io/api/rbac/v1"
	"sigs.k8s.io/yaml"

	"github.com/boxp/dindify/fn/report"
)

// TestThePrintedRoleIsEnough gives a user who may only find the workload what a run with few rights asks for. Then no
// request is forbidden, at any level, and the rights are complete.
func TestThePrintedRoleIsEnough(t *testing.T) {
	for name, o := range map[string]Options{
		"by name":          {Names: []string{"deploy/openhands"}, Levels: everyLevel, Disruptive: true},
		"of the namespace": {Levels: everyLevel},
		"of all":           {AllNamespaces: true, Levels: everyLevel},
		"with files":       {Manifests: []*Manifest{}, Levels: everyLevel},
		"before the apply": {Pre: true, Manifests: []*Manifest{}},
	} {
		t.Run(name, func(t *testing.T) {
			o.Namespace = "openhands"
			f := healthy(t)
			if o.Manifests != nil {
				o.Manifests = manifestsOf(t, f, map[string]any{})
			}
			f.addClasses(t)
			allowed := []string{"list deployments"}
			if len(o.Names) > 0 || o.Manifests != nil {
				allowed = []string{"get deployments"}
			}
			f.allow = &allowed
			for id, got := range outcomes(t, f, o) {
				require.NotEqual(t, Fail, got.Result, "%s: %s", id, got.Text)
				if id == "rights" {
					allowed = append(allowed, grantedBy(t, got.Hint)...)
				}
			}

			f = healthy(t)
			f.addClasses(t)
			f.allow = &allowed
			got := outcomes(t, f, o)
			require.Empty(t, f.refused)
			require.Equal(t, OK, got["rights"].Result, got["rights"].Text)
			for id, one := range got {
				require.NotContains(t, one.Text, "may not", id)
			}
		})
	}
}

// TestPrintedRoleIsEnoughToWait checks a run without names that waits for pods which are not ready, and reads them and
// their workloads again.
func TestPrintedRoleIsEnoughToWait(t *testing.T) {
	unready := func() *fake {
		f := healthy(t)
		pod := "Pod/openhands-6d9f-x2kqp"
		waits := object{"status": object{"conditions": []any{object{"type": "Ready", "status": "False"}}}}
		f.patch(t, map[string]any{"Deployment/openhands": object{"status": object{"readyReplicas": 0}}, pod: waits})
		f.add(t, f.podLike("bare", object{}, waits))
		return f
	}
	o := Options{Namespace: "openhands", Wait: 5 * pollInterval}
	allowed := []string{"list deployments"}
	f := unready()
	f.allow = &allowed
	allowed = append(allowed, grantedBy(t, outcomes(t, f, o)["rights"].Hint)...)

	f = unready()
	f.allow = &allowed
	require.Equal(t, Fail, outcomes(t, f, o)["rollout"].Result)
	require.Empty(t, f.refused)
}

// addClasses makes the pod name a RuntimeClass and a StorageClass, which checks then read.
func (f *fake) addClasses(t *testing.T) {
	t.Helper()
	class := object{"name": "kata"}
	f.add(t, object{"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": class})
	for name := range map[string]bool{"Deployment/openhands": true, "Pod/openhands-6d9f-x2kqp": true} {
		at := f.find(name)
		change := object{"spec": object{"runtimeClassName": "kata"}}
		if name == "Deployment/openhands" {
			change = object{"spec": object{"template": change}}
		}
		f.objects[at] = merge(f.objects[at], change).(object)
	}
}

// grantedBy returns the rights that the Roles in a hint grant.
func grantedBy(t *testing.T, hint string) (all []string) {
	t.Helper()
	_, documents, found := strings.Cut(hint, "\n")
	require.True(t, found, hint)
	for document := range strings.SplitSeq(documents, "---\n") {
		role := &rbacv1.Role{}
		require.NoError(t, yaml.UnmarshalStrict([]byte(document), role), document)
		for _, rule := range role.Rules {
			require.Len(t, rule.APIGroups, 1)
			for _, resource := range rule.Resources {
				for _, verb := range rule.Verbs {
					all = append(all, verb+" "+resource)
				}
			}
		}
	}
	return all
}

// TestRoleJoinsRules checks that a Role grants exactly the rights, in its namespace.
func TestRoleJoinsRules(t *testing.T) {
	text := Role("tools", rights(listPods, getPods, createExec, listServices))
	require.Contains(t, text, "kind: Role\nmetadata:\n  name: dindify-verify\n  namespace: \"tools\"\n")
	require.ElementsMatch(t, []string{"get pods", "list pods", "create pods/exec", "list services"},
		grantedBy(t, "\n"+text))
	require.Contains(t, Role("", rights(listNodes)), "kind: ClusterRole\nmetadata:\n  name: dindify-verify\nrules:")
}

// TestRoleHasAllRightsOfTheRun checks that applying a printed Role takes away nothing that an earlier one granted.
func TestRoleHasAllRightsOfTheRun(t *testing.T) {
	f := healthy(t)
	f.deny = []string{"list services"}
	o := Options{Namespace: "openhands", Names: []string{"deploy/openhands"}}
	granted := grantedBy(t, outcomes(t, f, o)["rights"].Hint)
	require.Subset(t, granted, []string{"list services", "list pods", "get deployments"})
	require.NotContains(t, granted, "list nodes", "the rights for all namespaces are complete")
}

// TestRoleIsPrintedWithoutTheWorkload checks users who may not find the workload: they are told what to ask for.
func TestRoleIsPrintedWithoutTheWorkload(t *testing.T) {
	for name, o := range map[string]Options{
		"by name": {Names: []string{"deploy/openhands"}}, "of the namespace": {}, "of all": {AllNamespaces: true},
	} {
		f := healthy(t)
		f.allow = &[]string{}
		o.Namespace = "openhands"
		_, err := Run(t.Context(), f, o)
		var roles *RolesError
		require.ErrorAs(t, err, &roles, name)
		verb := map[bool]string{true: "get", false: "list"}[len(o.Names) > 0]
		require.Contains(t, grantedBy(t, roles.Roles), verb+" deployments")
	}
}

// TestRoleQuotesWords checks that a Role with wildcards, which is in the user's files, is printed as valid YAML.
func TestRoleQuotesWords(t *testing.T) {
	text := Role("tools", rights(Right{"*", "*", "*", false}, Right{"get", "", "pods", false}))
	require.ElementsMatch(t, []string{"* *", "get pods"}, grantedBy(t, "\n"+text))
}

// TestRolesHaveNoControlCharacters checks a namespace of the user's files, which may be anything.
func TestRolesHaveNoControlCharacters(t *testing.T) {
	rights := byNamespace{"tools\n::error::\x1b[2J": rights(listPods)}
	for line := range strings.Lines(hintFor(rights, rights)) {
		line = strings.TrimSuffix(line, "\n")
		require.Equal(t, report.Plain(line), line)
		require.False(t, strings.HasPrefix(line, "::error::"))
	}
}

// TestRightsAreAskedForWhereTheyAreMissing checks the namespaces of the hint: those of the files, not the workload's.
func TestRightsAreAskedForWhereTheyAreMissing(t *testing.T) {
	f := healthy(t)
	o := Options{
		Namespace: "openhands", Pre: true,
		Manifests: manifestsOf(t, f, map[string]any{
			"ConfigMap/other": object{
				"apiVersion": "v1", "kind": "ConfigMap", "metadata": object{"name": "other", "namespace": "elsewhere"},
			},
		}),
	}
	f.patch(t, map[string]any{"ConfigMap/served": object{
		"apiVersion": "v1", "kind": "ConfigMap", "metadata": object{"name": "served", "namespace": "openhands"},
	}})
	f.deny = []string{"create configmaps"}
	hint, _, _ := strings.Cut(outcomes(t, f, o)["rights"].Hint, "\n")
	require.Equal(t, "ask for this, in namespace elsewhere (dindify explain rights):", hint)

	f.deny = []string{"list nodes"}
	hint, _, _ = strings.Cut(outcomes(t, f, Options{Namespace: "openhands"})["rights"].Hint, "\n")
	require.Equal(t, "ask for this (dindify explain rights):", hint, "a ClusterRole has no namespace")
}

// mute is a cluster that does not answer which rights a user has.
type mute struct{ *fake }

func (m mute) Create(ctx context.Context, at string, made, into any) error {
	if strings.HasSuffix(at, "/selfsubjectaccessreviews") {
		return errors.New("the server is gone")
	}
	return m.fake.Create(ctx, at, made, into)
}

// TestRightsWithoutAnAnswerAreUnknown checks that rights of which the server tells nothing are not called held.
func TestRightsWithoutAnAnswerAreUnknown(t *testing.T) {
	rep, err := Run(t.Context(), mute{healthy(t)}, Options{
		Namespace: "openhands", Names: []string{"deploy/openhands"}, Only: []string{"rights"},
	})
	require.NoError(t, err)
	got := rep.Checks[0]
	require.Equal(t, Unknown, got.Result, got.Text)
	require.Contains(t, got.Text, "the server is gone")
	require.NotEmpty(t, got.Hint)
}

// TestRoleIsPrintedWithoutTheCheckRights checks runs that choose only other checks: the first result that lacks a
// right has the Role.
func TestRoleIsPrintedWithoutTheCheckRights(t *testing.T) {
	for name, o := range map[string]Options{
		"leftovers": {}, "leftovers of all": {AllNamespaces: true}, "mtu": {Names: []string{"deploy/openhands"}},
		"apply": {Pre: true, Manifests: []*Manifest{}},
	} {
		t.Run(name, func(t *testing.T) {
			f := healthy(t)
			o.Namespace, o.Levels = "openhands", []Level{Exec}
			id, _, _ := strings.Cut(name, " ")
			o.Only = []string{id}
			if o.Manifests != nil {
				o.Manifests = manifestsOf(t, f, map[string]any{})
			}
			f.allow = &[]string{"get deployments"}
			got := outcomes(t, f, o)[id]
			require.Equal(t, Unknown, got.Result, got.Text)
			want := map[string]string{
				"leftovers": "list pods", "mtu": "create pods/exec", "apply": "patch deployments",
			}[id]
			require.Contains(t, grantedBy(t, got.Hint), want)
		})
	}
}

// TestRoleIsPrintedOnce checks a run in which many checks lack rights.
func TestRoleIsPrintedOnce(t *testing.T) {
	for skip, chosen := range map[string]bool{"rights": false, "mtu": true} {
		f := healthy(t)
		f.allow = &[]string{"get deployments"}
		printed := map[bool]int{}
		for id, got := range outcomes(t, f, Options{
			Namespace: "openhands", Names: []string{"deploy/openhands"}, Levels: everyLevel, Skip: []string{skip},
		}) {
			if strings.Contains(got.Hint, "kind: Role\n") {
				printed[id == "rights"]++
			}
		}
		require.Equal(t, map[bool]int{chosen: 1}, printed)
	}
}

// TestRolesAreForTheNamespacesOfTheFiles checks that nothing is asked for in the kubeconfig's namespace if the files
// have no workload there.
func TestRolesAreForTheNamespacesOfTheFiles(t *testing.T) {
	f := healthy(t)
	f.allow = &[]string{}
	_, err := Run(t.Context(), f, Options{Namespace: "default", Manifests: manifestsOf(t, f, map[string]any{})})
	var roles *RolesError
	require.ErrorAs(t, err, &roles)
	require.Contains(t, roles.Roles, "ask for this, in namespace openhands (dindify explain rights):\n")
}
