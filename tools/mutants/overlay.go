package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// runtimeCode is the package that the changed code calls. The number of the active change is in the environment.
// environment.
const runtimeCode = `// Package mutant switches one change of the code on.
package mutant

import (
	"os"
	"strconv"
	"sync"
)

var number = func() int {
	n, err := strconv.Atoi(os.Getenv("MUTANT"))
	if err != nil {
		return -1
	}
	return n
}()

var (
	record = os.Getenv("MUTANT_REACHED")
	seen   sync.Map
)

// reached notes the changes whose code is run.
func reached(n int) {
	if _, isKnown := seen.LoadOrStore(n, true); isKnown {
		return
	}
	file, err := os.OpenFile(record, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		panic(err)
	}
	if _, err := file.WriteString(strconv.Itoa(n) + "\n"); err != nil {
		panic(err)
	}
	_ = file.Close()
}

func On(n int) bool {
	if record != "" {
		reached(n)
	}
	return n == number
}

func And(n int, x bool, y func() bool) bool {
	if On(n) {
		return x || y()
	}
	return x && y()
}

func Or(n int, x bool, y func() bool) bool {
	if On(n) {
		return x && y()
	}
	return x || y()
}

func Drop[S ~[]E, E any](n, at int, s S) S {
	if On(n) {
		return append(s[:at:at], s[at+1:]...)
	}
	return s
}

func DropKey[M ~map[K]V, K comparable, V any](n int, key K, m M) M {
	if On(n) {
		delete(m, key)
	}
	return m
}
`

// writeOverlay writes the changed files, and the overlay file with which go build uses them.
func writeOverlay(root, under, dir string, chosen []site) (string, error) {
	replace := map[string]string{}
	put := func(path, text string) error {
		copied := filepath.Join(dir, fmt.Sprintf("%d.go", len(replace)))
		replace[path] = copied
		return os.WriteFile(copied, []byte(text), 0o600)
	}
	if err := put(filepath.Join(root, under, "mutant", "mutant.go"), runtimeCode); err != nil {
		return "", err
	}
	module, err := moduleOf(root)
	if err != nil {
		return "", err
	}
	for at := 0; at < len(chosen); {
		end := at
		for end < len(chosen) && chosen[end].file == chosen[at].file {
			end++
		}
		text, err := changed(chosen[at:end], at, module+"/"+under+"/mutant")
		if err == nil {
			err = put(chosen[at].file, text)
		}
		if err != nil {
			return "", err
		}
		at = end
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, text, 0o600)
}

func moduleOf(root string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSpace(strings.TrimPrefix(line, "module")), nil
}

// changed is a file with its changes, the first of which has that number.
func changed(sites []site, number int, mutant string) (string, error) {
	source, err := os.ReadFile(sites[0].file)
	if err != nil {
		return "", err
	}
	f := finder{path: sites[0].file, fset: token.NewFileSet(), source: source}
	file, err := parser.ParseFile(f.fset, f.path, source, parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	ast.Inspect(file, f.visit)
	text := string(source)
	for i, s := range slices.Backward(sites) {
		at := slices.IndexFunc(f.sites, func(o site) bool {
			return o.from == s.from && o.to == s.to && o.what == s.what &&
				o.text == s.text
		})
		text = text[:s.from] + f.sites[at].rewrite(number+i, f.code) + text[s.to:]
	}
	end := f.fset.Position(file.Name.End()).Offset
	return text[:end] + fmt.Sprintf("; import %q", mutant) + text[end:], nil
}
