package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/tests/laws"
)

// beyond has inputs from a few bytes to a megabyte that exceed the limits, with the id of the error.
var beyond = map[string]struct{ text, id string }{
	"a mapping merged into itself": {"metadata: &m\n  <<: *m\n", report.InputInvalid},
	"an alias to its ancestor":     {"data: &m\n  k: v\n  l: *m\n", report.InputInvalid},
	"merges of merges":             {bomb("{<<: [%s]}", 12), report.InputInvalid},
	"aliases of aliases":           {bomb("[%s]", 12), report.InputInvalid},
	"lists in lists": {
		"a: " + strings.Repeat("[", limits.Depth+1) + strings.Repeat("]", limits.Depth+1),
		report.InputInvalid,
	},
	"many lists that are never left": {strings.Repeat("[", 1<<20), report.InputInvalid},
	"mounts of one pod": {pod(strings.Repeat("    - {name: s, mountPath: /var/run/docker.sock}\n",
		limits.PodEntries)), report.TooLarge},
	"comments between mounts, for the journal": {pod("    - {name: s, mountPath: /var/run/docker.sock}\n" +
		strings.Repeat("    # a comment\n", 20_000)), report.TooLarge},
}

// bomb is a document in which each anchor expands to nine of the previous one.
func bomb(form string, depth int) string {
	var text strings.Builder
	text.WriteString("a0: &a0 {a: b}\n")
	for i := 1; i < depth; i++ {
		aliases := strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", ")
		fmt.Fprintf(&text, "a%d: &a%d "+form+"\n", i, i, aliases)
	}
	return text.String()
}

func pod(mounts string) string {
	return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n  - name: c\n    image: docker\n    " +
		"volumeMounts:\n" +
		mounts + "  volumes:\n  - {name: s, hostPath: {path: /var/run/docker.sock}}\n"
}

func TestInputBeyondTheLimitsIsRefusedAndUnchanged(t *testing.T) {
	for name, c := range beyond {
		t.Run(name, func(t *testing.T) {
			out, rep := laws.Apply([]byte(c.text), nil)
			require.True(t, rep.Failed())
			require.Equal(t, c.id, rep.Errors()[0].ID)
			require.Equal(t, c.text, string(out))
		})
	}
}

func TestInputWithinTheLimitsIsTaken(t *testing.T) {
	keys := "apiVersion: v1\nkind: ConfigMap\ndata: &data\n"
	for i := range 20_000 {
		keys += fmt.Sprintf("  k%d: v\n", i)
	}
	for name, text := range map[string]string{
		"20,000 keys":         keys,
		"20,000 merged keys":  keys + "other:\n  <<: *data\n",
		"a few aliases":       bomb("[%s]", 5),
		"lists in lists":      "a: " + strings.Repeat("[", limits.Depth-1) + strings.Repeat("]", limits.Depth-1),
		"one socket per file": pod("    - {name: s, mountPath: /var/run/docker.sock}\n"),
	} {
		t.Run(name, func(t *testing.T) {
			_, rep := laws.Apply([]byte(text), nil)
			require.Empty(t, rep.Errors())
		})
	}
}

// TestBindingsCountOnlyOnOpenShift converts workloads beside as many RoleBindings: elsewhere they are not checked.
func TestBindingsCountOnlyOnOpenShift(t *testing.T) {
	const workloads = 150
	var text strings.Builder
	for i := range workloads {
		fmt.Fprintf(&text, "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n"+
			"metadata: {name: b%d, namespace: n}\nroleRef: {kind: ClusterRole, name: view}\n", i)
		fmt.Fprintf(&text, "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d%d, namespace: n}\nspec:\n"+
			"  template:\n    spec:\n      containers:\n      - name: c\n        image: docker:cli\n"+
			"        volumeMounts: [{name: s, mountPath: /var/run/docker.sock}]\n"+
			"      volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]\n", i)
	}
	out, rep := laws.Apply([]byte(text.String()), nil)
	require.Empty(t, rep.Errors())
	require.Equal(t, workloads, strings.Count(string(out), "privileged: true"))
}
