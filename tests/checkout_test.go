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
	"setup.ps1": {"\xff\xfe" + strings.Join(strings.Split("docker run -v /var/run/docker.sock:/s app\n", ""), "\x00") +
		"\x00", 1, 0},
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

// TestBinaryFileOfAnArgumentIsSaid: nothing is found in it, which is no all-clear.
func TestBinaryFileOfAnArgumentIsSaid(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "app.yaml.gz", "\x1f\x8b\x00")
	put(t, "run.sh", "#!\x00")
	put(t, "app.yaml", deployment)
	_, errs, status := verb(t, "", "audit", "app.yaml.gz", "run.sh")
	require.Equal(t, 0, status)
	for _, want := range []string{"app.yaml.gz was not searched", "run.sh was not searched", "[nothing-audited]"} {
		require.Contains(t, errs, want)
	}
	require.NotContains(t, errs, "found 0 uses")
	_, errs, status = verb(t, "", "audit", "app.yaml.gz", "app.yaml")
	require.Equal(t, 1, status)
	require.Contains(t, errs, "app.yaml.gz was not searched")
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
	t.Chdir(t.TempDir())
	put(t, "own/app.yaml", strings.Replace(deployment, "name: app\n", "name: own\n", 1))
	out, _, _ = verb(t, "", "audit", dir, "own")
	root := "/" + strings.Split(filepath.ToSlash(dir), "/")[1]
	require.True(t, strings.HasSuffix(out, "4 found: 4 client\n  3 in "+root+"\n  1 in own\n"), out)
}

// TestLinkToAFolderOutsideIsSaid: the walk does not follow it. A link to a folder that is read anyway needs no word.
func TestLinkToAFolderOutsideIsSaid(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "repo/app.yaml", deployment)
	put(t, "repo/.git/app.yaml", deployment)
	put(t, "other/app.yaml", strings.Replace(deployment, "name: app\n", "name: other\n", 1))
	for link, to := range map[string]string{
		"outside": "../other", "above": "..", "inside": ".", "git": ".git", "excluded": "../other", "file.yaml": "app.yaml",
	} {
		require.NoError(t, os.Symlink(to, filepath.Join("repo", link)))
	}
	out, errs, _ := verb(t, "", "audit", "--exclude", "excluded", "repo")
	require.Contains(t, out, "1 found: 1 client")
	for _, link := range []string{"outside", "above", "git"} {
		require.Contains(t, errs, "repo/"+link+": is a link to the folder ")
	}
	require.Equal(t, 3, strings.Count(errs, "[file-skipped]"), errs)
	_, errs, status := verb(t, "", "convert", "--no-config", "repo")
	require.Equal(t, 0, status, errs)
	require.Contains(t, errs, "repo/outside: is a link to the folder ")
	out, _, _ = verb(t, "", "audit", "repo/outside", "other", "repo/file.yaml", "repo/app.yaml")
	require.Contains(t, out, "2 found: 2 client", "each file once, by whatever name")
}

// TestUnreadableFilesLoseNoRows: an audit prints what it found in the others, and exits 2.
func TestUnreadableFilesLoseNoRows(t *testing.T) {
	for name, makeUnreadable := range map[string]func(){
		"missing": func() {},
		"loop":    func() { require.NoError(t, os.Symlink("missing", "missing")) },
		"broken":  func() { put(t, "missing", "apiVersion: [\n") },
		"folder": func() {
			for range 20 { // the path of the last is longer than a system call accepts
				folder := strings.Repeat("a", 250)
				require.NoError(t, os.Mkdir(folder, 0o755))
				require.NoError(t, os.Chdir(folder))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			put(t, "app.yaml", deployment)
			makeUnreadable()
			require.NoError(t, os.Chdir(dir))
			args := []string{"app.yaml", "missing"}
			if name == "folder" || name == "loop" {
				args = []string{"."}
			}
			out, errs, status := verb(t, "", append([]string{"audit", "--exit-zero"}, args...)...)
			require.Equal(t, 2, status, errs)
			require.Contains(t, out, "1 found: 1 client")
			require.NotEmpty(t, errs)
			_, _, status = verb(t, "", append([]string{"audit", "--write-baseline", "known.json"}, args...)...)
			require.Equal(t, 2, status)
			require.NoFileExists(t, "known.json")
		})
	}
}
