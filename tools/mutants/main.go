// Command mutants changes the code in many small ways and tells which changes no test notices. All changes are compiled
// into one set of test binaries, each behind its number, so that a change costs a run of the tests and no build.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	root := flag.String("root", ".", "folder of the module")
	under := flag.String("under", "fn", "folder below it whose code is changed")
	n := flag.Int("n", 200, "how many changes")
	seed := flag.Uint64("seed", 1, "of the sample: the same seed gives the same changes of the same code")
	only := flag.Int("only", -1, "number of the only change to try")
	again := flag.String("again", "", "what an earlier run printed: only what survived it is tried")
	flag.Parse()
	if err := run(*root, *under, *n, *seed, *only, *again); err != nil {
		log.Fatal(err)
	}
}

func run(root, under string, n int, seed uint64, only int, again string) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	all, err := findSites(filepath.Join(root, under))
	if err != nil {
		return err
	}
	if again != "" {
		earlier, err := os.ReadFile(again)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(s site) bool {
			return !strings.Contains(string(earlier),
				s.place(root)+": SURVIVED")
		})
	}
	chosen := sample(all, n, seed)
	fmt.Printf("%d places to change, %d of them tried\n", len(all), len(chosen))
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	overlay, err := writeOverlay(root, under, dir, chosen)
	if err != nil {
		return err
	}
	t, err := build(root, under, dir, overlay)
	if err != nil {
		return err
	}
	return report(root, t, chosen, only)
}

// report tries the changes one by one, and prints those that survive and the score.
func report(root string, t *tests, chosen []site, only int) error {
	if by, err := t.kill(-1, ""); err != nil || by != "" {
		return fmt.Errorf("the tests fail without any change: %s %v", by, err)
	}
	killed := map[string]int{}
	var survivors []site
	for i, s := range chosen {
		if only >= 0 && i != only {
			continue
		}
		by, err := t.kill(i, filepath.Dir(s.file))
		if err != nil {
			return err
		}
		fmt.Printf("%3d %s: %s\n", i, s.place(root), cmp.Or(by, "SURVIVED"))
		if killed[by]++; by == "" {
			survivors = append(survivors, s)
		}
	}
	n := 0
	for _, k := range killed {
		n += k
	}
	slices.SortFunc(survivors, func(a, b site) int { return cmp.Compare(a.file, b.file) })
	fmt.Printf("\n%d of %d killed (%.1f %%)\n", n-len(survivors), n, 100*float64(n-len(survivors))/float64(max(n, 1)))
	for _, s := range survivors {
		fmt.Printf("survived %s: %s\n", s.place(root), s.text)
	}
	return nil
}
