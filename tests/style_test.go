package tests

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/convert"
)

const (
	maxColumns       = 120
	maxFileLines     = 250
	maxFunctionLines = 50
)

// TestStyleOfCode checks the limits of CONTRIBUTING.md: code that does not fit on a screen is read less carefully.
func TestStyleOfCode(t *testing.T) {
	for _, root := range []string{"../fn", "../docs", "."} {
		require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
				return err
			}
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, text, parser.ParseComments)
			require.NoError(t, err)
			checkColumns(t, path, string(text), rawLines(files, file))
			if !strings.HasSuffix(path, "_test.go") && root != "." {
				checkLengths(t, path, string(text), files, file)
			}
			return nil
		}))
	}
}

// checkColumns ignores raw strings, whose text is not code, and links, which cannot be broken.
func checkColumns(t *testing.T, path, text string, raw map[int]bool) {
	number := 0
	for line := range strings.Lines(text) {
		number++
		if utf8.RuneCountInString(strings.TrimRight(line, "\n")) > maxColumns && !raw[number] && !strings.Contains(line,
			"://") {
			t.Errorf("%s:%d: has more than %d characters: break the line", path, number, maxColumns)
		}
	}
}

func checkLengths(t *testing.T, path, text string, files *token.FileSet, file *ast.File) {
	if n := strings.Count(text, "\n"); n > maxFileLines {
		t.Errorf("%s: has %d lines, more than %d: split it by what it does", path, n, maxFileLines)
	}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if n := files.Position(f.End()).Line - files.Position(f.Pos()).Line + 1; n > maxFunctionLines {
			t.Errorf("%s: %s has %d lines, more than %d", files.Position(f.Pos()), f.Name.Name, n, maxFunctionLines)
		}
	}
}

// rawLines returns the line numbers of raw strings.
func rawLines(files *token.FileSet, file *ast.File) map[int]bool {
	raw := map[int]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(s.Value, "`") {
			for line := files.Position(s.Pos()).Line; line <= files.Position(s.End()).Line; line++ {
				raw[line] = true
			}
		}
		return true
	})
	return raw
}

// TestStyleOfPasses keeps the list of passes, the files of fn/convert and their functions under the same names.
func TestStyleOfPasses(t *testing.T) {
	for _, pass := range convert.Passes {
		f := runtime.FuncForPC(reflect.ValueOf(pass.Run).Pointer())
		file, _ := f.FileLine(0)
		require.Equal(t, strings.ReplaceAll(pass.Name, " ", "_")+".go", filepath.Base(file), "the file of the pass")
		_, function, _ := strings.Cut(filepath.Base(f.Name()), ".")
		require.Regexp(t, "(?i)^(warnOf|warnOfNo|check|explain)?"+strings.ReplaceAll(pass.Name, " ", "")+"$", function,
			"the function of the pass, and whether it only warns")
	}
}
