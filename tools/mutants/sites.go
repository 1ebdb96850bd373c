package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A site is a place in the code and a change of it. The change puts the code from..to between before and behind.
type site struct {
	file     string
	line     int
	from, to int // bytes
	what     string
	text     string // the first line of the code
	rewrite  func(number int, code func(ast.Node) string) string
}

// place returns the place of the site, and the kind of change.
func (s site) place(root string) string {
	name, _ := filepath.Rel(root, s.file)
	return fmt.Sprintf("%s:%d: %s", name, s.line, s.what)
}

// key identifies the site in equivalent.txt, even if the lines above it change.
func (s site) key(root string) string {
	name, _ := filepath.Rel(root, s.file)
	return fmt.Sprintf("%s: %s: %s", name, s.what, s.text)
}

// readEquivalents reads the keys of changes that no test can notice. Each has its reason.
func readEquivalents(path string) (map[string]bool, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if key, _, isEntry := strings.Cut(line, " -- "); isEntry {
			known[key] = true
		}
	}
	return known, nil
}

// findSites lists the changes of all files of a folder except tests, in the order of the files.
func findSites(folder string) (all []site, err error) {
	err = filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil || bytes.Contains(source, []byte("\n//go:build")) || bytes.HasPrefix(source, []byte("//go:build")) {
			return err
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, source, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		f := finder{path: path, fset: fset, source: source}
		ast.Inspect(file, f.visit)
		all = append(all, f.sites...)
		return nil
	})
	return all, err
}

// sample chooses n sites that do not overlap, in their order in the code. It uses a hash of each site, so that most of
// a sample stays when other code changes.
func sample(root string, all []site, n int, seed uint64) []site {
	hashes, seen := map[uint64]site{}, map[string]int{}
	for _, s := range all {
		key := s.key(root)
		hash := fnv.New64a()
		fmt.Fprint(hash, seed, key, seen[key])
		hashes[mix(hash.Sum64())] = s
		seen[key]++
	}
	var chosen []site
	taken := map[string][]site{}
	for _, hash := range slices.Sorted(maps.Keys(hashes)) {
		s := hashes[hash]
		if len(chosen) == n {
			break
		}
		if slices.ContainsFunc(taken[s.file], func(o site) bool { return s.from < o.to && o.from < s.to }) {
			continue
		}
		taken[s.file] = append(taken[s.file], s)
		chosen = append(chosen, s)
	}
	slices.SortStableFunc(chosen, func(a, b site) int {
		if c := strings.Compare(a.file, b.file); c != 0 {
			return c
		}
		return a.from - b.from
	})
	return chosen
}

// mix makes every bit of a number depend on all others: FNV gives similar high bits for similar texts (splitmix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

type finder struct {
	path   string
	fset   *token.FileSet
	source []byte
	sites  []site
}

func (f *finder) code(n ast.Node) string {
	return string(f.source[f.fset.Position(n.Pos()).Offset:f.fset.Position(n.End()).Offset])
}

func (f *finder) add(n ast.Node, what string, rewrite func(number int, code func(ast.Node) string) string) {
	at := f.fset.Position(n.Pos())
	text, _, _ := strings.Cut(f.code(n), "\n")
	f.sites = append(f.sites, site{f.path, at.Line, at.Offset, f.fset.Position(n.End()).Offset, what, text, rewrite})
}
