package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// black are the folders of tests that test all of the code from outside.
var black = []string{"tests", "docs/gen"}

// others are tests that build dindify and run it, by the prefix of the path of the code that they test. They take
// long, and run only for changes there that no other test notices.
var others = map[string]string{
	"fn/atomicfile/": "tests/inplace",
	"fn/kustomize/":  "tests/kustomize",
	"fn/cli/build":   "tests/kustomize",
}

// slowTests runs them. The program that they build contains the changes, by the overlay in GOFLAGS.
type slowTests struct {
	root, overlay string
	passed        map[string]bool // without any change, by folder
}

// kill returns the folder of the tests that fail with a change, or "" if none does. Tests that fail without any change
// are an error: they would notice everything.
func (o *slowTests) kill(number int, place string) (string, error) {
	for begin, folder := range others {
		if !strings.HasPrefix(place, begin) {
			continue
		}
		if !o.passed[folder] && o.run(folder, -1) != nil {
			return "", fmt.Errorf("%s fails without any change", folder)
		}
		o.passed[folder] = true
		if o.run(folder, number) != nil {
			return folder, nil
		}
	}
	return "", nil
}

func (o *slowTests) run(folder string, number int) error {
	cmd := exec.Command("go", "test", "-count=1", "-failfast", "-timeout=20m", ".")
	cmd.Dir = filepath.Join(o.root, folder)
	cmd.Env = append(os.Environ(), "GOFLAGS=-overlay="+o.overlay, fmt.Sprintf("MUTANT=%d", number))
	return cmd.Run()
}

// A test is one function of a test binary, and its result without any change.
type test struct {
	binary, folder, name string
	cpu                  time.Duration
	reached              map[int]bool // the numbers of the changes that it reaches
}

// build compiles the tests of the changed packages, and those of black. It returns the binaries by their folders.
func build(root, under, dir, overlay string) (map[string]string, error) {
	var folders []string
	for _, folder := range black {
		folders = append(folders, filepath.Join(root, folder))
	}
	err := filepath.WalkDir(filepath.Join(root, under), func(path string, d os.DirEntry, err error) error {
		if strings.HasSuffix(path, "_test.go") && !slices.Contains(folders, filepath.Dir(path)) {
			folders = append(folders, filepath.Dir(path))
		}
		return err
	})
	binaries := map[string]string{}
	for _, folder := range folders {
		out := filepath.Join(dir, fmt.Sprintf("%d.test", len(binaries)))
		cmd := exec.Command("go", "test", "-c", "-vet=off", "-ldflags=-s -w", "-overlay", overlay, "-o", out, ".")
		cmd.Dir = folder
		if said, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", folder, err, said)
		}
		binaries[folder] = out
	}
	return binaries, err
}

// measure runs each test alone without any change. It skips those that fail, and those that need more CPU than slow.
func measure(binaries map[string]string, skip *regexp.Regexp, slow time.Duration) ([]*test, error) {
	var all []*test
	for folder, binary := range binaries {
		list := exec.Command(binary, "-test.list", ".")
		list.Dir = folder
		names, err := list.Output()
		if err != nil {
			return nil, err
		}
		for _, name := range strings.Fields(string(names)) {
			if strings.HasPrefix(name, "Benchmark") || strings.HasPrefix(name, "Example") || skip.MatchString(name) {
				continue
			}
			t := &test{binary: binary, folder: folder, name: name}
			if why, err := t.measure(slow); err != nil {
				return nil, err
			} else if why != "" {
				fmt.Printf("left out: %s: %s\n", name, why)
				continue
			}
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b *test) int { return int(a.cpu - b.cpu) })
	return all, nil
}

// measure returns the reason if the test cannot be used.
func (t *test) measure(slow time.Duration) (string, error) {
	file, err := os.CreateTemp("", "reached")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.Remove(file.Name()) }()
	p := process{binary: t.binary, folder: t.folder, names: []string{t.name}, number: -1, reached: file.Name(), cpu: slow}
	by, used, err := p.run()
	switch {
	case err != nil:
		return "", err
	case by == noEnd || used > slow:
		return fmt.Sprintf("needs more than %s of CPU", slow), nil
	case by != "":
		return "fails without any change", nil
	}
	text, err := os.ReadFile(file.Name())
	if err != nil {
		return "", err
	}
	t.cpu, t.reached = used, map[int]bool{}
	for _, n := range strings.Fields(string(text)) {
		number, err := strconv.Atoi(n)
		if err != nil {
			return "", err
		}
		t.reached[number] = true
	}
	return "", nil
}

// dear is the CPU time from which a test runs alone, after the others.
const dear = 300 * time.Millisecond

// plan returns the order of the tests that reach a change: those of its package, data-driven tests, the others, and
// slow tests one by one.
func plan(all []*test, number int, folder string) [][]*test {
	stages := make([][]*test, 3)
	for _, t := range all {
		switch {
		case !t.reached[number]:
		case t.folder == folder:
			stages[0] = append(stages[0], t)
		case t.name == "TestCases":
			stages[1] = append(stages[1], t)
		case t.cpu < dear:
			stages[2] = append(stages[2], t)
		default:
			stages = append(stages, []*test{t})
		}
	}
	return stages
}

// kill runs the tests that reach a change, and returns the name of the test that fails, or "" if none does.
func kill(all []*test, number int, folder string, limit time.Duration) (string, error) {
	for _, stage := range plan(all, number, folder) {
		for len(stage) > 0 {
			p := process{binary: stage[0].binary, folder: stage[0].folder, number: number, cpu: limit}
			var others []*test
			for _, t := range stage {
				if t.binary != p.binary {
					others = append(others, t)
					continue
				}
				p.names = append(p.names, t.name)
				if limit == 0 {
					p.cpu += 10 * t.cpu
				}
			}
			if by, _, err := p.run(); by != "" || err != nil {
				return by, err
			}
			stage = others
		}
	}
	return "", nil
}
