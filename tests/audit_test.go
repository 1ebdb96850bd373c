package tests

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/cli"
)

func verb(t *testing.T, in string, args ...string) (out, errs string, status int) {
	t.Helper()
	var o, e bytes.Buffer
	status = cli.Run(cli.Streams{In: strings.NewReader(in), Out: &o, Err: &e}, "test", args)
	return o.String(), e.String(), status
}

func TestAuditNamesFileLineAndClass(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "app.yaml")
	require.NoError(t, os.WriteFile(file, []byte("# one\n---\n"+deployment), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "chart.yaml"), []byte("{{- if .Values.on }}\nkind: "+
		"Pod\n{{- end }}\n"), 0o644))
	out, errs, status := verb(t, "", "audit", "-o", "json", dir)
	require.Equal(t, 1, status)
	require.Contains(t, errs, "chart.yaml")
	var rows []audit.Row
	require.NoError(t, json.Unmarshal([]byte(out), &rows))
	require.Len(t, rows, 1)
	require.Equal(t, audit.Row{
		File: file, Line: 14, Object: "Deployment/app", Container: "app",
		Field:    "spec.template.spec.containers[name=app].volumeMounts[mountPath=/var/run/docker.sock]",
		HostPath: "/var/run/docker.sock", Runtime: "docker", Class: "client", Reason: rows[0].Reason, Advice: rows[0].Advice,
	}, rows[0])
	_, _, status = verb(t, "", "audit", "--exit-zero", dir)
	require.Equal(t, 0, status)
}

func TestAuditPrintsSARIF(t *testing.T) {
	out, _, status := verb(t, deployment, "audit", "-o", "sarif")
	require.Equal(t, 1, status)
	var log struct {
		Version string
		Runs    []struct{ Results []struct{ RuleID string } }
	}
	require.NoError(t, json.Unmarshal([]byte(out), &log))
	require.Equal(t, "2.1.0", log.Version)
	require.Len(t, log.Runs[0].Results, 1)
}

// template is a file of a chart: it is not YAML until Helm renders it.
const template = `{{- if .Values.docker }}
kind: Pod
spec:
  containers:
  - {name: app, volumeMounts: [{name: sock, mountPath: /var/run/docker.sock}]}
  volumes:
  - name: sock
    # hostPath: {path: /run/crio/crio.sock}
    hostPath:
      type: Socket
      path: {{ .Values.socket | default "/var/run/docker.sock" }}
  - {name: run, hostPath: {path: /var/run/}}
{{- end }}
{{- range .Values.paths }}
      - path: / # of an Ingress
      - path: /run
{{- end }}
`

func TestAuditSearchesTheTextOfWhatIsNotYAML(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "_pod.tpl")
	require.NoError(t, os.WriteFile(file, []byte(template), 0o644))
	for _, named := range []string{dir, file} {
		out, errs, status := verb(t, "", "audit", "-o", "json", named)
		require.Equal(t, 1, status)
		require.Contains(t, errs, "file-skipped")
		var rows []audit.Row
		require.NoError(t, json.Unmarshal([]byte(out), &rows))
		require.Len(t, rows, 2)
		require.Equal(t, []any{file, 11, "/var/run/docker.sock", "docker", "unsure"}, []any{
			rows[0].File, rows[0].Line,
			rows[0].HostPath, rows[0].Runtime, rows[0].Class,
		})
		require.Equal(t, []any{12, "/var/run/"}, []any{rows[1].Line, rows[1].HostPath})
	}
	_, _, status := verb(t, "", "convert", file)
	require.Equal(t, 1, status, "a template is never converted")
}

// TestAuditReadsTheOtherDocuments: a document that is not YAML does not hide others, and is searched line by line.
// Messages have the line numbers of the file.
func TestAuditReadsTheOtherDocuments(t *testing.T) {
	twice := strings.Replace(optedOut, "kind: Pod\n", "kind: Pod\nkind: Pod\n", 1)
	out, errs, status := verb(t, deployment+"---\n"+twice+"---\n"+optedOut, "audit", "-o", "json")
	require.Equal(t, 2, status)
	var rows []audit.Row
	require.NoError(t, json.Unmarshal([]byte(out), &rows))
	var objects []string
	for _, r := range rows {
		objects = append(objects, r.Object)
	}
	require.Equal(t, []string{"Deployment/app", "", "Pod/known"}, objects)
	above := strings.Count(deployment+"---\n", "\n")
	require.Equal(t, above+strings.Count(twice, "\n"), rows[1].Line)
	require.Contains(t, errs, fmt.Sprintf("line %d: duplicate key \"kind\" in a mapping (first in line %d)", above+3,
		above+2))
	_, errs, status = verb(t, deployment+"---\n"+twice, "convert")
	require.Equal(t, 1, status)
	require.Contains(t, errs, fmt.Sprintf("line %d", above+3))
}

// TestAuditIsInTheOrderOfTheFiles, for manifests, templates and scripts.
func TestAuditIsInTheOrderOfTheFiles(t *testing.T) {
	dir := t.TempDir()
	broken := "---\na: b: c\nhostPath: {path: /run/crio/crio.sock}\n---\n"
	for name, text := range map[string]string{
		"a.sh": "x\ndocker run -v /var/run/docker.sock:/s a\n", "b.yaml": optedOut + broken + deployment,
		"c.tpl": "{{ if .Values.x }}\nhostPath: /var/run/docker.sock\n", "d/e.yaml": deployment,
		"f.yaml": "hostPath: /var/run/docker.sock\n",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	out, errs, status := verb(t, "", "audit", "-o", "json", "--mentions", dir)
	require.Equal(t, 1, status, errs)
	var rows []audit.Row
	require.NoError(t, json.Unmarshal([]byte(out), &rows), out)
	for _, isMention := range []bool{false, true} {
		some := slices.DeleteFunc(slices.Clone(rows), func(r audit.Row) bool { return (r.Class == "mentioned") != isMention })
		require.True(t, slices.IsSortedFunc(some, func(a, b audit.Row) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
		}), out)
	}
	require.Len(t, rows, 7, out)
}

// TestAuditFailsOnANamedFileThatItCannotRead: a gate must not pass because the audit read nothing.
func TestAuditFailsOnANamedFileThatItCannotRead(t *testing.T) {
	for _, in := range []string{"a: b: c", "NAMESPACE   NAME    READY\nci          agent   1/1\n"} {
		out, errs, status := verb(t, in, "audit", "--exit-zero")
		require.Equal(t, 2, status, in)
		require.Empty(t, out)
		require.Contains(t, errs, "standard input")
	}
	_, _, status := verb(t, "", "audit", "nowhere.yaml")
	require.Equal(t, 2, status)
	_, _, status = verb(t, "", "diff", "nowhere.yaml")
	require.Equal(t, 2, status)
}

// TestAuditSaysThatItSawNothing: an audit of an empty input must not look like a clean result.
func TestAuditSaysThatItSawNothing(t *testing.T) {
	for _, in := range []string{"", "# a comment\n", "a: b\n"} {
		_, errs, status := verb(t, in, "audit")
		require.Equal(t, 0, status)
		require.Contains(t, errs, "[nothing-audited]")
	}
	_, errs, _ := verb(t, "kind: Pod\n", "audit")
	require.Equal(t, "dindify: found 0 uses of a container runtime's socket\n", errs)
}

func TestConvertInPlaceAndBack(t *testing.T) {
	file := filepath.Join(t.TempDir(), "app.yaml")
	require.NoError(t, os.WriteFile(file, []byte(deployment), 0o644))
	_, errs, status := verb(t, "", "convert", "-i", file)
	require.Equal(t, 0, status, errs)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(text), "dind-daemon")
	_, _, status = verb(t, "", "diff", file)
	require.Equal(t, 0, status, "converted already")
	_, errs, status = verb(t, "", "revert", "-i", file)
	require.Equal(t, 0, status, errs)
	text, err = os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, deployment, string(text))
	out, _, status := verb(t, "", "diff", file)
	require.Equal(t, 1, status)
	require.Contains(t, out, "+        image: docker:28.5.2-dind")
}
