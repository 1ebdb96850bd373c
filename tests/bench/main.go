// Command bench measures dindify as whole processes, and compares it with a function that does nothing and with
// similar tools.
//
//	go run . -write docs/performance.md   # everything
//	go run . -quick                       # small, to see that it works
//
// Programs run alternately, so that other load of the machine affects all of them; figures are medians.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// section is a part of the page: its measurements, as Markdown.
type section struct {
	name string
	run  func(*bench) (string, error)
}

var sections = []section{
	{"machine", (*bench).machine},
	{"gitops", (*bench).gitops},
	{"function", (*bench).function},
	{"growth", (*bench).growth},
	{"peers", (*bench).peers},
	{"back", (*bench).back},
	{"kustomize", (*bench).kustomize},
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run() error {
	b := &bench{}
	var only, page string
	var quick bool
	flag.StringVar(&only, "only", "", "sections to measure, separated by commas (default: all)")
	flag.StringVar(&page, "write", "", "page in which to replace the sections, from the repository's root; growth.svg "+
		"goes beside it")
	flag.BoolVar(&quick, "quick", false, "small sizes, one run")
	flag.IntVar(&b.runs, "runs", 5, "runs of each program")
	flag.DurationVar(&b.short, "short", 20*time.Millisecond, fmt.Sprintf("programs that all take less run %d "+
		"times as often", often))
	flag.DurationVar(&b.long, "long", 20*time.Second, "a program that takes longer is run once")
	flag.DurationVar(&b.timeout, "timeout", 5*time.Minute, "a program that takes longer is stopped")
	sizes := map[string]*string{
		"gitops":    flag.String("gitops", "100,1000,10000", "objects"),
		"function":  flag.String("function", "0,1,10,100,1000,10000", "objects"),
		"growth":    flag.String("growth", "1,10,100,1000,10000,100000", "objects"),
		"peers":     flag.String("peers", "1000,5000", "documents"),
		"back":      flag.String("back", "1000,5000", "documents"),
		"kustomize": flag.String("kustomize", "1,100,1000", "objects"),
	}
	flag.Parse()
	if err := b.setUp(page); err != nil {
		return err
	}
	defer func() { _ = b.cleanUp() }()
	b.sizes = map[string][]int{}
	for name, list := range sizes {
		counts, err := numbers(*list)
		if err != nil {
			return err
		}
		b.sizes[name] = counts
	}
	if quick {
		b.small()
	}
	return b.measure(page, only)
}

// small returns the sections that take a minute or two, once the programs are built.
func (b *bench) small() {
	b.runs = 1
	b.sizes = map[string][]int{
		"gitops": {100}, "function": {0, 1, 100}, "growth": {1, 10, 100, 1000}, "peers": {10},
		"back": {10}, "kustomize": {1, 10},
	}
}

func (b *bench) measure(page, only string) error {
	for _, s := range sections {
		if only != "" && !slices.Contains(strings.Split(only, ","), s.name) {
			continue
		}
		text, err := s.run(b)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Printf("## %s\n\n%s\n", s.name, text)
		if page == "" {
			continue
		}
		if err := replaceSection(filepath.Join(b.root, page), s.name, text); err != nil {
			return err
		}
	}
	return nil
}

func numbers(list string) ([]int, error) {
	var all []int
	for text := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}
