package verify

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/jsontag"
	"github.com/boxp/dindify/fn/report"
)

// hintsOfSource returns the literal parts of each hint of fail, warn and unknown in the package, by the function.
func hintsOfSource(t *testing.T) map[string][]string {
	t.Helper()
	hints := map[string][]string{}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			call, isCall := n.(*ast.CallExpr)
			if !isCall {
				return true
			}
			if function, isName := call.Fun.(*ast.Ident); isName && slices.Contains([]string{"fail", "warn", "unknown"},
				function.Name) {
				hints[function.Name] = append(hints[function.Name], literals(call.Args[0]))
			}
			return true
		})
	}
	return hints
}

func literals(e ast.Expr) (text string) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			part, _ := strconv.Unquote(n.Value)
			text += part
		case *ast.SelectorExpr:
			if n.Sel.Name == "describe" {
				text += "kubectl describe "
			}
		}
		return true
	})
	return text
}

// changeable is what a hint tells to change or to run: a field, a variable, a flag or a command.
var changeable = regexp.MustCompile(`\b(spec|metadata)\.\w+|\bDOCKER_HOST\b|--[a-z]{2,}|\b(kubectl|docker|dindify|crictl) \w`)

// configField is a field of the configuration.
var configField = regexp.MustCompile(`\bspec\.((?:daemon|client|pod|cleanup)(?:\.\w+)+)`)

// TestHintsNameWhatToChange checks each hint of a failure and of a warning.
func TestHintsNameWhatToChange(t *testing.T) {
	hints := hintsOfSource(t)
	require.Greater(t, len(hints["fail"]), 40)
	for _, hint := range slices.Concat(hints["fail"], hints["warn"]) {
		if hint != "" { // a variable or a function
			require.Regexp(t, changeable, hint)
		}
	}
	for _, k := range refusalKinds {
		require.Regexp(t, `FIELD|OBJECT|`+changeable.String(), k.hint)
		require.NotEmpty(t, report.About(k.check), k.check)
	}
}

// TestHintsNameWhatExists checks the fields of the configuration and the checks that hints name, and the ids of dindify
// explain, also in the golden files.
func TestHintsNameWhatExists(t *testing.T) {
	var texts []string
	for _, hints := range hintsOfSource(t) {
		texts = append(texts, hints...)
	}
	for _, k := range refusalKinds {
		texts = append(texts, k.hint)
	}
	goldens, err := filepath.Glob("testdata/*/*.golden")
	require.NoError(t, err)
	for _, name := range goldens {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		if _, hint, _ := strings.Cut(string(text), "\n"); !regexp.MustCompile(`^(ok|skip) `).Match(text) {
			require.Contains(t, hint, explain, name)
		}
		texts = append(texts, string(text))
	}
	fields, found := fieldsOfConfig(), 0
	for _, text := range texts {
		for _, match := range configField.FindAllStringSubmatch(text, -1) {
			require.Contains(t, fields, match[1], text)
			found++
		}
		for _, match := range regexp.MustCompile(explain+`([\w-]+)`).FindAllStringSubmatch(text, -1) {
			require.NotEmpty(t, report.About(match[1]), text)
		}
		for _, match := range regexp.MustCompile(`\bthe check ([\w-]+)`).FindAllStringSubmatch(text, -1) {
			require.Contains(t, IDs(), match[1], text)
		}
	}
	require.Greater(t, found, 30)
}

// fieldsOfConfig returns the paths of the configuration's fields below spec.
func fieldsOfConfig() (paths []string) {
	var walk func(t reflect.Type, at string)
	walk = func(t reflect.Type, at string) {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return
		}
		for name, f := range jsontag.Fields(t) {
			paths = append(paths, at+name)
			walk(f.Type, at+name+".")
			if f.Type.Kind() == reflect.Map { // of resources
				paths = append(paths, at+name+".memory")
			}
		}
	}
	walk(reflect.TypeFor[config.Spec](), "")
	return paths
}
