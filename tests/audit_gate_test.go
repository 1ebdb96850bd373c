package tests

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/audit"
)

const optedOut = `apiVersion: v1
kind: Pod
metadata:
  name: known
  annotations:
    dindify.dev/convert: "false"
spec:
  containers:
  - name: app
    image: example.com/app:1
    volumeMounts:
    - {name: sock, mountPath: /var/run/docker.sock}
  volumes:
  - {name: sock, hostPath: {path: /var/run/docker.sock}}
`

// TestAuditOfWhatIsAcknowledgedDoesNotFail: teams switch off a gate that stays red for an accepted workload.
func TestAuditOfWhatIsAcknowledgedDoesNotFail(t *testing.T) {
	out, _, status := verb(t, optedOut, "audit")
	require.Equal(t, 0, status)
	require.Contains(t, out, "acknowledged")
	_, _, status = verb(t, optedOut, "audit", "--fail-on", "acknowledged")
	require.Equal(t, 1, status)
	_, _, status = verb(t, strings.ReplaceAll(optedOut, "docker.sock", "crio/crio.sock"), "audit")
	require.Equal(t, 0, status, "another runtime's socket too")
	_, _, status = verb(t, optedOut+"---\n"+deployment, "audit")
	require.Equal(t, 1, status)
	_, _, status = verb(t, deployment, "audit", "--fail-on", "observer,unsure")
	require.Equal(t, 0, status)
	_, errs, status := verb(t, deployment, "audit", "--fail-on", "clients")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "clients")
}

// TestAuditReadsEachFileOnce: arguments may overlap.
func TestAuditReadsEachFileOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("app.yaml", []byte(deployment), 0o644))
	out, _, _ := verb(t, "", "audit", "app.yaml", ".", "./app.yaml", ".")
	require.Contains(t, out, "1 found: 1 client")
	_, _, status := verb(t, "", "audit", "--exclude", "./app.yaml", ".")
	require.Equal(t, 0, status)
}

func TestAuditExcludesByNameFolderAndPath(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"app.yaml", "vendor/app.yaml", "deploy/test/app.yaml"} {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(deployment), 0o644))
	}
	for pattern, want := range map[string]int{
		"nothing": 3, "vendor": 2, "deploy/test/": 2, "*.yaml": 0,
		"vendor,deploy": 1, "*/test": 2, "deploy/t*/": 2,
	} {
		out, _, _ := verb(t, "", "audit", "-o", "json", "--exclude", pattern, dir)
		var rows []audit.Row
		require.NoError(t, json.Unmarshal([]byte(out), &rows))
		require.Len(t, rows, want, pattern)
	}
}

// TestAuditFoldsWhatALiveClusterShowsSeveralTimes: a Deployment, its ReplicaSet and its pods are one workload.
func TestAuditFoldsWhatALiveClusterShowsSeveralTimes(t *testing.T) {
	pod := strings.SplitN(optedOut, "spec:\n", 2)[1]
	object := func(head string) string {
		return "- " + strings.ReplaceAll(strings.TrimSpace(head), "\n", "\n  ") + "\n"
	}
	spec := "spec:\n" + pod
	owned := func(name, kind, owner, labels string) string {
		return object("apiVersion: v1\nkind: Pod\nmetadata:\n  name: " + name + "\n  namespace: ci\n  labels: {" + labels +
			"}\n  ownerReferences:\n  - {kind: " + kind + ", name: " + owner + ", controller: true}\n" +
			spec + "status:\n  message: mounts /var/run/docker.sock\n")
	}
	deployed := object("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: agent\n  namespace: ci\n  " +
		"managedFields:\n  - fieldsV1:\n      'k:{\"mountPath\":\"/var/run/docker.sock\"}': {}\nspec:\n  template:\n    " +
		strings.ReplaceAll(strings.TrimSpace(spec), "\n", "\n    "))
	list := "apiVersion: v1\nkind: List\nitems:\n" + deployed + owned("agent-6d4-x1", "ReplicaSet", "agent-6d4",
		"pod-template-hash: 6d4") +
		owned("agent-6d4-x2", "ReplicaSet", "agent-6d4", "pod-template-hash: 6d4") + owned("cache-0", "StatefulSet", "cache",
		"") + owned("cache-1", "StatefulSet", "cache", "")
	out, _, _ := verb(t, list, "audit", "-o", "json")
	var rows []audit.Row
	require.NoError(t, json.Unmarshal([]byte(out), &rows))
	var objects []string
	for _, r := range rows {
		objects = append(objects, r.Object)
	}
	require.Equal(t, []string{"Deployment/ci/agent", "Pod/ci/cache-0"}, objects)
}

// TestAuditFoldsAChainOfOwners: a CronJob owns Jobs, which own pods. Without the CronJob, its Jobs and pods are one
// row.
func TestAuditFoldsAChainOfOwners(t *testing.T) {
	const spec = "{containers: [{name: c, image: docker:cli, volumeMounts: [{name: s, mountPath: /s}]}], " +
		"volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]}"
	const cronJob = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a, namespace: ci}\n" +
		"spec: {jobTemplate: {spec: {template: {spec: " + spec + "}}}}\n---\n"
	made := ""
	for _, n := range []string{"a-1", "a-2"} {
		made += "apiVersion: batch/v1\nkind: Job\nmetadata: {name: " + n + ", namespace: ci, " +
			"ownerReferences: [{kind: CronJob, name: a, controller: true}]}\nspec: {template: {spec: " + spec + "}}\n---\n" +
			"apiVersion: v1\nkind: Pod\nmetadata: {name: " + n + "-x, namespace: ci, " +
			"ownerReferences: [{kind: Job, name: " + n + ", controller: true}]}\nspec: " + spec + "\n---\n"
	}
	for in, want := range map[string][2]string{cronJob + made: {"CronJob/ci/a", "client"}, made: {"Job/ci/a-1", "owned"}} {
		out, _, status := verb(t, in, "audit", "-o", "json", "--fail-on", want[1])
		require.Equal(t, 1, status)
		var rows []audit.Row
		require.NoError(t, json.Unmarshal([]byte(out), &rows))
		require.Len(t, rows, 1, out)
		require.Equal(t, want, [2]string{rows[0].Object, rows[0].Class})
		out, _, _ = verb(t, in, "audit")
		require.Contains(t, out, "1 found: 1 "+want[1], "each class is counted")
	}
}

// TestAuditForMachines checks that output for CI systems is well-formed, and escapes everything from a manifest.
func TestAuditForMachines(t *testing.T) {
	evil := strings.Replace(deployment, "name: app\n", "name: \"app\\n::error::x\\e[31m\"\n", 1)
	out, _, _ := verb(t, evil, "audit", "-o", "github")
	require.Equal(t, 1, strings.Count(out, "\n"))
	require.True(t, strings.HasPrefix(out, "::warning "), out)
	out, _, _ = verb(t, evil+"---\n"+optedOut, "audit", "-o", "junit")
	var suites struct {
		Suite struct {
			Tests    int `xml:"tests,attr"`
			Failures int `xml:"failures,attr"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal([]byte(out), &suites))
	require.Equal(t, []int{2, 1}, []int{suites.Suite.Tests, suites.Suite.Failures})
	out, _, status := verb(t, evil, "audit", "-o", "junit", "--fail-on", "observer")
	require.Equal(t, 0, status)
	require.Contains(t, out, `failures="0"`, "as the exit status says")
	out, _, _ = verb(t, evil, "audit")
	require.NotContains(t, out, "\x1b")
	require.Equal(t, 4, strings.Count(out, "\n"), "head, row, blank line, summary")
	one, _, _ := verb(t, deployment, "audit", "-o", "sarif")
	moved, _, _ := verb(t, "# moved\n"+deployment, "audit", "-o", "sarif")
	require.Equal(t, fingerprint(t, one), fingerprint(t, moved))
}

func fingerprint(t *testing.T, sarif string) string {
	var log struct {
		Runs []struct {
			Results []struct{ PartialFingerprints map[string]string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(sarif), &log))
	require.NotEmpty(t, log.Runs[0].Results[0].PartialFingerprints["dindify/v1"])
	return log.Runs[0].Results[0].PartialFingerprints["dindify/v1"]
}

// TestTemplatesAreNeverConverted: some templates parse as YAML by chance, and a conversion would create wrong names.
func TestTemplatesAreNeverConverted(t *testing.T) {
	templated := strings.Replace(deployment, "image: example.com/app", "image: {{ .Values.image }}", 1)
	out, errs, status := verb(t, templated, "convert", "-")
	require.Equal(t, 1, status)
	require.Empty(t, out)
	require.Contains(t, errs, "helm template")
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "chart", "templates"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "chart", "Chart.yaml"), []byte("name: chart\nversion: 0.1.0\n"),
		0o644))
	for _, name := range []string{"a.yaml", "b.yaml"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "chart", "templates", name), []byte(templated), 0o644))
	}
	out, errs, status = verb(t, "", "convert", dir)
	require.Equal(t, 1, status, "a folder with nothing but a chart has nothing to convert")
	require.Empty(t, out)
	require.Equal(t, 1, strings.Count(errs, "helm template"), "one warning for a chart: %s", errs)
	_, errs, status = verb(t, "", "audit", dir)
	require.Equal(t, 1, status)
	require.Equal(t, 1, strings.Count(errs, "helm template"), errs)
}

// TestSchemaOfAuditNamesEveryField compares the documented schema with the printed fields.
func TestSchemaOfAuditNamesEveryField(t *testing.T) {
	var schema struct {
		Items struct {
			Required   []string
			Properties map[string]struct{ Enum []string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(read(t, "../docs/audit.schema.json")), &schema))
	text, err := json.Marshal(audit.Row{File: "f", Line: 1, Container: "c", Covers: []int{1}})
	require.NoError(t, err)
	var fields map[string]any
	require.NoError(t, json.Unmarshal(text, &fields))
	for name := range fields {
		require.Contains(t, schema.Items.Properties, name)
	}
	require.Len(t, fields, len(schema.Items.Properties))
	for _, name := range schema.Items.Required {
		require.Contains(t, fields, name)
	}
	require.Equal(t, append(append([]string{}, audit.Classes...), "mentioned"), schema.Items.Properties["class"].Enum)
}

// TestGitHubGetsANoticeOfARowThatDoesNotFail checks the level of an annotation.
func TestGitHubGetsANoticeOfARowThatDoesNotFail(t *testing.T) {
	const volume = "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {hostPath: {path: /run}}}\n"
	for class, level := range map[string]string{"cleanup": "::notice ", "unsure": "::warning "} {
		out, _, _ := verb(t, volume, "audit", "-o", "github", "--fail-on", class, "-")
		require.True(t, strings.HasPrefix(out, level), out)
	}
}
