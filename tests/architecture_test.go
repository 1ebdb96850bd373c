package tests

import (
	"fmt"
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
	text, err := os.ReadFile("../ARCHITECTURE.md")
	require.NoError(t, err)
	_, after, found := strings.Cut(string(text), "## Who imports whom\n")
	require.True(t, found)
	section, _, _ := strings.Cut(after, "\n## ")
	want := map[string]string{}
	for line := range strings.Lines(section) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if strings.HasPrefix(line, "| `fn/") {
			require.Len(t, cells, 4, line)
			want[strings.Trim(cells[1], " `")] = strings.TrimSpace(strings.ReplaceAll(cells[2], "`", ""))
		}
	}
	require.Equal(t, want, imports(t), "correct the code, or the table: a package that imports more knows more")
}

// TestOneFileEdits checks that only one file changes nodes of an object.
func TestOneFileEdits(t *testing.T) {
	edits := []string{"Draft().Set", "Draft().Insert(", "Draft().Remove(", "Draft().Delete(", "Draft().Restore("}
	for _, folder := range []string{"kube", "journal", "convert"} {
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
