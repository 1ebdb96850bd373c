package tests

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/limits"
)

// checkoutFiles are files of a repository, with the numbers of uses and mentions that an audit finds in each.
var checkoutFiles = map[string]struct {
	text           string
	uses, mentions int
}{
	"deploy/app.yaml": {deployment, 1, 0},
	".github/workflows/build.yml": {"jobs: {build: {container: {volumes: " +
		"[\"/var/run/docker.sock:/var/run/docker.sock\"]}}}\n", 1, 0},
	".git/HEAD.yaml": {deployment, 0, 0}, ".hg/app.yaml": {deployment, 0, 0}, ".svn/app.yaml": {deployment, 0, 0},
	".jj/app.yaml": {deployment, 0, 0}, ".bzr/app.yaml": {deployment, 0, 0},
	"build.ps1": {"docker run -v \\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine app\ndocker " +
		"run -v /var/run/docker.sock:/s app\n", 2, 0},
	"dags/build.py":         {"volume = V1HostPathVolumeSource(path=\"/var/run/docker.sock\")\n", 1, 0},
	"bin/run":               {"#!/bin/sh\ndocker run -v /var/run/docker.sock:/s app\n", 1, 0},
	"old/app.yaml.disabled": {"hostPath: {path: /var/run/docker.sock}\n", 1, 0},
	"README.md":             {"Run it with `-v /var/run/docker.sock:/s`, or mount /run.\n", 0, 1},
	"main.go":               {"const socket = \"unix:///var/run/docker.sock\"\n", 0, 1},
	"tsconfig.json":         {"{\n  // for the editor\n  \"strict\": true,\n}\n", 0, 0},
	"logo.png":              {"\x89PNG\r\n\x00 -v /var/run/docker.sock:/s", 0, 0},
}

// TestAuditReadsEveryFileOfACheckout: a user who wants every use needs those in CI folders, scripts and programs too.
// A rule decides which files are skipped, and the audit prints their number.
func TestAuditReadsEveryFileOfACheckout(t *testing.T) {
	dir := t.TempDir()
	for name, f := range checkoutFiles {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(f.text), 0o644))
	}
	huge := filepath.Join(dir, "huge.yaml")
	require.NoError(t, os.WriteFile(huge, []byte(deployment), 0o644))
	require.NoError(t, os.Truncate(huge, limits.AuditedFile+1))
	out, errs, status := verb(t, "", "audit", "-o", "json", "--mentions", dir)
	require.Equal(t, 1, status, errs)
	var rows []audit.Row
	require.NoError(t, json.Unmarshal([]byte(out), &rows))
	got := map[string][2]int{}
	for _, r := range rows {
		name, err := filepath.Rel(dir, r.File)
		require.NoError(t, err)
		n := got[name]
		if r.Class == "mentioned" {
			n[1]++
		} else {
			n[0]++
		}
		got[name] = n
	}
	for name, f := range checkoutFiles {
		require.Equal(t, [2]int{f.uses, f.mentions}, got[name], name)
	}
	require.Contains(t, errs, "zero bytes): 1\n")
	require.Contains(t, errs, "huge.yaml was skipped")
	require.Contains(t, errs, "[file-skipped]")
	require.NotContains(t, errs, "tsconfig.json")
}

// TestSummaryCountsByTheFolderThatDiffers: if each application has its own repository folder, users need the sum by
// team.
func TestSummaryCountsByTheFolderThatDiffers(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"teams/a/one", "teams/a/two", "teams/b/one"} {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, name), 0o755))
		text := strings.Replace(deployment, "name: app\n", fmt.Sprintf("name: app-%d\n", i), 1)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name, "app.yaml"), []byte(text), 0o644))
	}
	out, _, _ := verb(t, "", "audit", dir)
	teams := filepath.Join(dir, "teams")
	require.True(t, strings.HasSuffix(out, "3 found: 3 client\n  2 in "+teams+"/a\n  1 in "+teams+"/b\n"), out)
}
