package tests

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/audit"
)

// TestAuditFoldsOnlyWhatAnObjectOwns: a line is listed with its own file, and the owner of a pod is the one of its UID.
func TestAuditFoldsOnlyWhatAnObjectOwns(t *testing.T) {
	const spec = "{containers: [{name: a, image: a, volumeMounts: [{name: q, mountPath: /h}]}],\n" +
		" volumes: [{name: q, hostPath: {path: /run/docker.sock}}]}\n"
	t.Chdir(t.TempDir())
	set := "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: ci, namespace: ci, uid: \"1\"}\n" +
		"spec: {template: {spec: " + strings.TrimSpace(spec) + "}}\n"
	require.NoError(t, os.WriteFile("set.yaml", []byte(set), 0o644))
	for uid, want := range map[string][]string{
		"1": {"set.yaml:4 DaemonSet/ci/ci [5]", "pod.yaml:5 Pod/ci/ci-1 mentioned []"},
		"2": {"set.yaml:4 DaemonSet/ci/ci [5]", "pod.yaml:4 Pod/ci/ci-1 [5]"},
	} {
		pod := "apiVersion: v1\nkind: Pod\nmetadata: {name: ci-1, namespace: ci, ownerReferences: [{kind: DaemonSet, " +
			"name: ci, controller: true, uid: \"" + uid + "\"}]}\nspec: " + spec
		require.NoError(t, os.WriteFile("pod.yaml", []byte(pod), 0o644))
		out, _, _ := verb(t, "", "audit", "-o", "json", "--mentions", ".")
		var rows []audit.Row
		require.NoError(t, json.Unmarshal([]byte(out), &rows))
		var got []string
		for _, r := range rows {
			line := fmt.Sprintf("%s:%d %s", r.File, r.Line, r.Object)
			if r.Class == "mentioned" {
				line += " " + r.Class
			}
			got = append(got, fmt.Sprintf("%s %v", line, r.Covers))
		}
		require.ElementsMatch(t, want, got, uid)
	}
}
