// Command mutants changes the code in many small ways and reports the changes that no test notices. All changes are
// compiled into one set of test binaries and selected by number, so that a change costs a run of the tests but no
// build. Each test runs once without a change to record which changes it reaches: only those are tried with it.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// options are those of the command line.
type options struct {
	root, under, again string
	n, only            int
	seed               uint64
	limit, slow        time.Duration
	skip               string
}

func main() {
	log.SetFlags(0)
	var o options
	flag.StringVar(&o.root, "root", ".", "folder of the module")
	flag.StringVar(&o.under, "under", "fn", "folder below it whose code is changed")
	flag.IntVar(&o.n, "n", 200, "how many changes")
	flag.Uint64Var(&o.seed, "seed", 1, "of the sample: the same seed gives the same changes of the same code")
	flag.IntVar(&o.only, "only", -1, "number of the only change to try")
	flag.StringVar(&o.again, "again", "", "what an earlier run printed: only what survived it is tried")
	flag.DurationVar(&o.limit, "limit", 0,
		"CPU time that the tests may take with a change; 0 is ten times what they take without one, and 5 s")
	flag.DurationVar(&o.slow, "slow", 15*time.Second, "tests that take more CPU time without a change are left out")
	// The first three copy or build the code, without a change. The others compare the cases with each other, or with the
	// size of an input.
	// against the size of an input.
	flag.StringVar(&o.skip, "skip", "^Test(Contributing|Archive|Package|Shortcuts|ConfigurationReplaces|"+
		"InputWithinTheLimits|EveryNumberOfCores)", "tests that are left out")
	flag.Parse()
	if err := o.run(); err != nil {
		log.Fatal(err)
	}
}

func (o options) run() error {
	root, err := filepath.Abs(o.root)
	if err != nil {
		return err
	}
	skip, err := regexp.Compile(o.skip)
	if err != nil {
		return err
	}
	chosen, err := o.choose(root)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	overlay, err := writeOverlay(root, o.under, dir, chosen)
	if err != nil {
		return err
	}
	binaries, err := build(root, o.under, dir, overlay)
	if err != nil {
		return err
	}
	tests, err := measure(binaries, skip, o.slow)
	if err != nil {
		return err
	}
	if len(tests) == 0 {
		return errors.New("no test passes without any change")
	}
	return o.report(root, overlay, tests, chosen)
}

// choose returns the changes to try, without those that no test can notice.
func (o options) choose(root string) ([]site, error) {
	all, err := findSites(filepath.Join(root, o.under))
	if err != nil {
		return nil, err
	}
	known, err := readEquivalents(filepath.Join(root, "tools", "mutants", "equivalent.txt"))
	if err != nil {
		return nil, err
	}
	if o.again != "" {
		survivors, err := readSurvivors(o.again)
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(s site) bool { return !survivors[s.key(root)] })
	}
	chosen := sample(root, all, o.n, o.seed)
	n := len(chosen)
	chosen = slices.DeleteFunc(chosen, func(s site) bool { return known[s.key(root)] })
	fmt.Printf("%d places to change, %d in the sample, %d of them equivalent, %d tried\n", len(all), n, n-len(chosen),
		len(chosen))
	return chosen, nil
}

// readSurvivors reads the keys of the survivors of an earlier run: the last lines of its output, without line numbers.
func readSurvivors(path string) (map[string]bool, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	survivors := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if place, isSurvivor := strings.CutPrefix(strings.TrimSpace(line), "survived "); isSurvivor {
			file, rest, _ := strings.Cut(place, ":")
			_, what, _ := strings.Cut(rest, ": ")
			survivors[file+": "+what] = true
		}
	}
	return survivors, nil
}

// survived is the prefix of a change that no test notices.
const survived = "SURVIVED"

// report tries the changes one by one, and prints the survivors and the score.
func (o options) report(root, overlay string, tests []*test, chosen []site) error {
	n, endless := 0, 0
	slow := &slowTests{root: root, overlay: overlay, passed: map[string]bool{}}
	var survivors []site
	for i, s := range chosen {
		if o.only >= 0 && i != o.only {
			continue
		}
		by, err := kill(tests, i, filepath.Dir(s.file), o.limit)
		if err != nil {
			return err
		}
		if by == "" {
			if by, err = slow.kill(i, s.place(root)); err != nil {
				return err
			}
		}
		if n++; by == noEnd {
			endless++
		}
		if by == "" {
			survivors = append(survivors, s)
			if !slices.ContainsFunc(tests, func(t *test) bool { return t.reached[i] }) {
				by = survived + ", not reached"
			}
		}
		fmt.Printf("%3d %s: %s\n", i, s.place(root), cmp.Or(by, survived))
	}
	fmt.Printf("\n%d of %d killed (%.1f %%), %d of them by having no end\n", n-len(survivors), n,
		100*float64(n-len(survivors))/float64(max(n, 1)), endless)
	for _, s := range survivors {
		fmt.Printf("survived %s: %s\n", s.place(root), s.text)
	}
	return nil
}
