package tests

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
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
	require.NoError(t, os.WriteFile(filepath.Join(dir, "chart.yaml"), []byte("{{- if .Values.on }}\nkind: Pod\n{{- end }}\n"), 0o644))
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
