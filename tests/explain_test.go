package tests

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/report"
)

// TestEveryIDHasAnEntryAndAUse checks that each id is used and documented.
func TestEveryIDHasAnEntryAndAUse(t *testing.T) {
	code := source(t)
	ids := declaredIDs(t)
	for name, id := range ids {
		found := slices.ContainsFunc(report.Entries, func(e report.Entry) bool { return e.ID == id })
		require.True(t, found, "%s has no entry", name)
		require.Contains(t, code, "report."+name, "no code uses it")
	}
	require.Len(t, report.Entries, len(ids))
	for _, e := range slices.Concat(report.Entries, report.Checks) {
		require.NotEmpty(t, e.Means)
		require.NotEmpty(t, e.Do)
	}
}

// declaredIDs returns the constants of the files with entries, by name.
func declaredIDs(t *testing.T) map[string]string {
	files, err := filepath.Glob("../fn/report/entries_*.go")
	require.NoError(t, err)
	ids := map[string]string{}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		require.NoError(t, err)
		for _, decl := range file.Decls {
			if consts, ok := decl.(*ast.GenDecl); ok && consts.Tok == token.CONST {
				for _, spec := range consts.Specs {
					value := spec.(*ast.ValueSpec)
					id, err := strconv.Unquote(value.Values[0].(*ast.BasicLit).Value)
					require.NoError(t, err)
					ids[value.Names[0].Name] = id
				}
			}
		}
	}
	return ids
}

// source returns the code of every package except report.
func source(t *testing.T) string {
	var all strings.Builder
	files, err := filepath.Glob("../fn/*/*.go")
	require.NoError(t, err)
	for _, file := range files {
		if filepath.Base(filepath.Dir(file)) != "report" {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			all.Write(text)
		}
	}
	return all.String()
}

func TestExplainKnowsIDs(t *testing.T) {
	out, _, status := verb(t, "", "explain", "observer", "host-port")
	require.Equal(t, 0, status)
	require.Contains(t, out, "observer\n")
	require.Contains(t, out, "host-port\n")
	_, errs, status := verb(t, "", "explain", "obsrver")
	require.Equal(t, 1, status)
	require.Contains(t, errs, `did you mean "observer"?`)
}

// TestExplainListsTopicsFirst: a list of all ids is too long to be an answer to a question that names none.
func TestExplainListsTopicsFirst(t *testing.T) {
	overview, _, status := verb(t, "", "explain")
	require.Equal(t, 0, status)
	require.LessOrEqual(t, strings.Count(overview, "\n"), 24, "one screen")
	listed := 0
	for _, topic := range report.Topics {
		require.Contains(t, overview, "\n  "+topic.Name+" ")
		ids, _, status := verb(t, "", "explain", "ids", topic.Name)
		require.Equal(t, 0, status)
		for _, e := range topic.Entries {
			require.Contains(t, "\n"+ids, "\n"+e.ID+" ")
		}
		listed += strings.Count(ids, "\n")
	}
	require.Equal(t, len(report.Entries)+len(report.Checks), listed)
	for _, args := range [][]string{{"--all"}, {"ids"}} {
		all, _, _ := verb(t, "", append([]string{"explain"}, args...)...)
		require.Equal(t, listed, strings.Count(all, "\n"))
	}
	_, errs, status := verb(t, "", "explain", "ids", "clients")
	require.Equal(t, 1, status)
	require.Contains(t, errs, `did you mean "client"?`)
}

func TestExplainTellsAnObjectFieldByField(t *testing.T) {
	two := deployment + "---\n" + strings.Replace(deployment, "  name: app\n", "  name: other\n", 1)
	out, errs, status := verb(t, two, "explain", "-", "--object", "Deployment/other")
	require.Equal(t, 0, status, errs)
	require.Contains(t, out, "Deployment/other")
	require.NotContains(t, out, "Deployment/app")
	require.Contains(t, out, "[daemon-added]")
	out, _, status = verb(t, two, "explain", "-", "-o", "markdown")
	require.Equal(t, 0, status)
	require.Equal(t, 2, strings.Count(out, "#### "))
	_, errs, status = verb(t, two, "explain", "-", "--object", "Pod/app")
	require.Equal(t, 1, status)
	require.Contains(t, errs, "Pod/app")
}

func TestDiffCanBeAppliedAndCounts(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is missing: apt-get install git")
	}
	dir := t.TempDir()
	t.Chdir(dir)
	// and without a final newline
	require.NoError(t, os.WriteFile("app.yaml", []byte(strings.TrimSuffix(deployment, "\n")), 0o644))
	patch, _, status := verb(t, "", "diff", "--journal", "app.yaml")
	require.Equal(t, 1, status)
	require.NotContains(t, patch, "\x1b[")
	want, _, _ := verb(t, "", "convert", "app.yaml")
	cmd := exec.Command("git", "apply", "-p0", "-")
	cmd.Stdin = strings.NewReader(patch)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s\n%s", out, patch)
	got, err := os.ReadFile("app.yaml")
	require.NoError(t, err)
	require.Equal(t, want, string(got))
	same, _, status := verb(t, "", "diff", "app.yaml")
	require.Equal(t, 0, status)
	require.Empty(t, same)
}

func TestDiffInColourAndMarkdown(t *testing.T) {
	out, _, status := verb(t, deployment, "diff", "--color", "always", "-")
	require.Equal(t, 1, status)
	require.Contains(t, out, "\x1b[32m+  annotations:\x1b[m\n")
	out, _, _ = verb(t, deployment, "diff", "--stat", "-")
	require.Contains(t, out, "1 file changed")
	out, _, status = verb(t, strings.Replace(deployment, "example.com/app", "example.com/a```pp", 1), "diff", "-o",
		"markdown", "-")
	require.Equal(t, 1, status)
	require.Contains(t, out, "````diff\n", "the text cannot end its own block")
	require.Contains(t, out, "| Field | Before | After | Why | Source |")
	_, errs, status := verb(t, deployment, "diff", "--color", "yes", "-")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "--color")
}

// TestDiffCountsLinesPerFile has one file that changes and one that does not.
func TestDiffCountsLinesPerFile(t *testing.T) {
	dir := t.TempDir()
	changed, other := filepath.Join(dir, "app.yaml"), filepath.Join(dir, "other.yaml")
	require.NoError(t, os.WriteFile(changed, []byte(deployment), 0o644))
	require.NoError(t, os.WriteFile(other, []byte("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n"), 0o644))
	out, _, status := verb(t, "", "diff", "--stat", dir)
	require.Equal(t, 1, status)
	require.Regexp(t, `app\.yaml +\+[1-9][0-9]* +-[1-9]`, out)
	require.NotContains(t, out, "other.yaml")
	require.Regexp(t, `1 file changed, [1-9][0-9]* lines added, [1-9][0-9]* removed`, out)
	out, _, _ = verb(t, deployment, "diff", "--stat")
	require.Regexp(t, `(?m)^- +\+`, out)
}
