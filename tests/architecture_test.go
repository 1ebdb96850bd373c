package tests

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/boxp/dindify/"

// TestImportsAreThoseOfTheArchitecture compares the imports of each package with the table of ARCHITECTURE.md.
func TestImportsAreThoseOfTheArchitecture(t *testing.T) {
	want := map[string]string{}
	for _, cells := range tableOf(t, "Who imports whom") {
		require.Len(t, cells, 2, cells)
		want[cells[0]] = cells[1]
	}
	require.Equal(t, want, imports(t), "correct the code, or the table: a package that imports more knows more")
}

// TestTheWayToAPassIsThatOfTheArchitecture checks that each function of the table calls the next one.
func TestTheWayToAPassIsThatOfTheArchitecture(t *testing.T) {
	way := tableOf(t, "From main to a pass")
	for i, cells := range way {
		file, err := parser.ParseFile(token.NewFileSet(), "../"+cells[1], nil, 0)
		require.NoError(t, err)
		at := slices.IndexFunc(file.Decls, func(d ast.Decl) bool {
			f, ok := d.(*ast.FuncDecl)
			return ok && f.Name.Name == cells[0]
		})
		require.GreaterOrEqual(t, at, 0, "%s has no function %s", cells[1], cells[0])
		next := "Passes"
		if i+1 < len(way) {
			next = way[i+1][0]
		}
		uses := false
		ast.Inspect(file.Decls[at].(*ast.FuncDecl).Body, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			uses = uses || ok && id.Name == next
			return true
		})
		require.True(t, uses, "%s in %s does not call %s", cells[0], cells[1], next)
	}
}

// tableOf returns the rows of the table in a section of ARCHITECTURE.md, without code quotes.
func tableOf(t *testing.T, section string) (rows [][]string) {
	text, err := os.ReadFile("../ARCHITECTURE.md")
	require.NoError(t, err)
	_, after, found := strings.Cut(string(text), "\n## "+section+"\n")
	require.True(t, found, section)
	table, _, _ := strings.Cut(after, "\n## ")
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "| `") {
			line = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), "|"), "|")
			cells := strings.Split(strings.ReplaceAll(line, "`", ""), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			rows = append(rows, cells)
		}
	}
	return rows
}

// TestOneFileEdits checks that only one file changes nodes of an object.
func TestOneFileEdits(t *testing.T) {
	edits := []string{"Draft().Set", "Draft().Insert(", "Draft().Remove(", "Draft().Delete(", "Draft().Restore("}
	for _, folder := range []string{"kube", "journal", "convert", "discover"} {
		files, err := filepath.Glob("../fn/" + folder + "/*.go")
		require.NoError(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			for _, edit := range edits {
				require.False(t, filepath.Base(file) != "edit.go" && strings.Contains(string(text), edit), "%s edits nodes: use "+
					"a verb of fn/kube/edit.go", file)
			}
		}
	}
}

// imports returns the packages of fn that each package imports, without those of its tests.
func imports(t *testing.T) map[string]string {
	all := map[string][]string{}
	require.NoError(t, filepath.WalkDir("../fn", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		pkg := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")
		all[pkg] = append(all[pkg], "")
		for _, i := range file.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if rest, ours := strings.CutPrefix(name, module+"fn/"); ours {
				all[pkg] = append(all[pkg], rest)
			}
		}
		return nil
	}))
	texts := map[string]string{}
	for pkg, names := range all {
		slices.Sort(names)
		texts[pkg] = strings.TrimPrefix(strings.Join(slices.Compact(names), ", "), ", ")
	}
	return texts
}
