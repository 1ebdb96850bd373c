package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// bench is a session of measurements.
type bench struct {
	root  string // of the repository
	dir   string // inputs, outputs and our own programs
	cache string // other projects' programs, which take minutes to build
	plot  string // file for the plot; "" for none

	runs                 int
	short, long, timeout time.Duration
	sizes                map[string][]int // by section
}

// setUp builds dindify and the programs that every section uses.
func (b *bench) setUp(page string) (err error) {
	if b.root, err = filepath.Abs("../.."); err != nil {
		return err
	}
	if page != "" {
		b.plot = filepath.Join(b.root, filepath.Dir(page), "growth.svg")
	}
	if b.dir, err = os.MkdirTemp("", "bench-"); err != nil {
		return err
	}
	if b.cache, err = os.UserCacheDir(); err != nil {
		return err
	}
	b.cache = filepath.Join(b.cache, "dindify-bench")
	for name, build := range map[string]struct{ dir, pkg string }{
		"dindify":   {"", "./fn/dindify"},
		"kustomize": {"tools", "sigs.k8s.io/kustomize/kustomize/v5"},
		"identity":  {"tests/bench", "./identity"},
		"once":      {"tests/bench", "./once"},
	} {
		err := goTool(filepath.Join(b.root, build.dir), "build", "-trimpath", "-ldflags=-s -w", "-o", b.file(name), build.pkg)
		if err != nil {
			return err
		}
	}
	if err := os.CopyFS(b.file("peers"), os.DirFS("peers")); err != nil {
		return err
	}
	return os.Setenv("PATH", b.dir+":"+b.cache+":"+os.Getenv("PATH"))
}

// cleanUp removes what setUp created, except for other projects' programs.
func (b *bench) cleanUp() error { return os.RemoveAll(b.dir) }

// file returns the path of a file in this session's directory.
func (b *bench) file(name string) string { return filepath.Join(b.dir, name) }

// goTool runs a go command in a directory.
func goTool(dir string, args ...string) error {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}

// machine describes the machine of the figures.
func (b *bench) machine() (string, error) {
	describe := exec.Command("git", "describe", "--always", "--dirty", "--exclude=*")
	describe.Dir = b.root
	commit, err := describe.Output()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d cores, %s/%s, %s, commit %s. Medians of %d runs, in turns, of %d where all take less than "+
		"%v; what takes longer than %v ran once. ",
		runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), strings.TrimSpace(string(commit)), b.runs,
		b.runs*often, b.short, b.long) +
		"CPU is user and system time; peak memory is that of the largest process.\n", nil
}
