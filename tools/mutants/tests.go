package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// black are the folders of tests that see all of the code from outside.
var black = []string{"tests"}

// skipped are tests that build a binary of their own, in which no change is on, or that measure.
const skipped = "Contributing|Package|Docs|Cores"

// limit is how long the tests may take with one change: a change that makes them endless is noticed too.
const limit = 2 * time.Minute

// tests are the test binaries, each by the folder that it runs in.
type tests struct {
	root   string
	binary map[string]string
}

// build compiles the tests of the changed packages, and those of black.
func build(root, under, dir, overlay string) (*tests, error) {
	t := &tests{root: root, binary: map[string]string{}}
	folders := map[string]bool{}
	for _, folder := range black {
		folders[filepath.Join(root, folder)] = true
	}
	found, err := filepath.Glob(filepath.Join(root, under, "*"))
	deeper, err2 := filepath.Glob(filepath.Join(root, under, "*", "*"))
	for _, folder := range append(found, deeper...) {
		if files, _ := filepath.Glob(filepath.Join(folder, "*_test.go")); len(files) > 0 {
			folders[folder] = true
		}
	}
	for folder := range folders {
		out := filepath.Join(dir, fmt.Sprintf("%d.test", len(t.binary)))
		cmd := exec.Command("go", "test", "-c", "-vet=off", "-ldflags=-s -w", "-overlay", overlay, "-o", out, ".")
		cmd.Dir = folder
		if said, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", folder, err, said)
		}
		t.binary[folder] = out
	}
	return t, errors.Join(err, err2)
}

// kill runs the tests with a change on, those of its own package first, and returns the name of what noticed it; ""
// where nothing did.
func (t *tests) kill(number int, folder string) (string, error) {
	folders := []string{folder}
	for _, b := range black {
		folders = append(folders, filepath.Join(t.root, b))
	}
	for _, folder := range folders {
		if t.binary[folder] == "" {
			continue
		}
		for _, which := range [][]string{{"-test.run=TestCases"}, {"-test.skip=TestCases|" + skipped}} {
			if by, err := t.run(number, folder, which); by != "" || err != nil {
				return by, err
			}
		}
	}
	return "", nil
}

func (t *tests) run(number int, folder string, which []string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, t.binary[folder], append(which, "-test.failfast",
		"-test.fuzzcachedir="+os.TempDir())...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), fmt.Sprintf("MUTANT=%d", number))
	said, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return "", nil
	case ctx.Err() != nil:
		return "no end", nil
	case !errors.As(err, &exit):
		return "", err
	}
	for line := range strings.Lines(string(said)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "--- FAIL: "); ok {
			name, _, _ = strings.Cut(name, " ")
			return name, nil
		}
	}
	return "a crash", nil
}
