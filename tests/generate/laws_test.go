package generate

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	amount  = flag.String("laws", "300", "how many runs, or for how long: 50000, 1m")
	first   = flag.Uint64("seed", 1, "of the first run; each further one has the next")
	keep    = flag.String("keep", "", "folder for what violates a law, as small as it gets")
	each    = flag.Int("each", 3, "how many violations of each law are shown, made smaller")
	hunt    = flag.String("hunt", "", "an id: a run that is refused with it counts as a violation")
	shrinks = flag.Int("shrink", 400, "how many simpler runs are tried for each kind of violation")
)

// TestLaws runs dindify on generated input, and fails if a law is broken.
func TestLaws(t *testing.T) {
	b := &batch{t: t, refused: map[string]int{}, found: map[string][]uint64{}, next: *first}
	b.limit()
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(b.work)
	}
	wg.Wait()
	b.print()
}

// batch is a number of runs.
type batch struct {
	t     *testing.T
	last  uint64    // seed after the last one
	until time.Time // the zero value if the number of runs is the limit

	mutex           sync.Mutex
	next            uint64
	runs, converted int
	refused         map[string]int
	found           map[string][]uint64 // seeds by broken law
}

func (b *batch) limit() {
	if n, err := strconv.ParseUint(*amount, 10, 64); err == nil {
		b.last = *first + n
		return
	}
	d, err := time.ParseDuration(*amount)
	require.NoError(b.t, err, "-laws is a number or a duration")
	b.until = time.Now().Add(d)
}

func (b *batch) seed() (uint64, bool) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.until.IsZero() && b.next >= b.last || !b.until.IsZero() && time.Now().After(b.until) {
		return 0, false
	}
	b.next++
	return b.next - 1, true
}

func (b *batch) work() {
	w := &worker{t: b.t}
	defer w.stop()
	for {
		seed, more := b.seed()
		if !more {
			return
		}
		result := w.check(task{Seed: seed})
		if b.count(seed, result) && *shrinks > 0 {
			b.shrink(w, seed, wanted(result).Law)
		}
	}
}

// count adds a result, and reports whether it is one of the first that break its law.
func (b *batch) count(seed uint64, result Result) bool {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.runs++
	if result.Converted {
		b.converted++
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(result.Refused))) {
		b.refused[id]++
	}
	if result.Violation = wanted(result); result.Violation == nil {
		return false
	}
	b.found[result.Violation.Law] = append(b.found[result.Violation.Law], seed)
	return len(b.found[result.Violation.Law]) <= *each
}

// shrink prints a run that breaks a law, as simple as possible.
func (b *batch) shrink(w *worker, seed uint64, law string) {
	c := Random(seed)
	NewRun(c)
	small := Shrink(c.Taken, func(given []int) bool {
		v := wanted(w.check(task{Given: given}))
		return v != nil && v.Law == law
	}, *shrinks)
	r, v := NewRun(Replay(small)), wanted(w.check(task{Given: small}))
	b.t.Errorf("seed %d: %s\n%.3000s\n--- %s\n%s\n--- configuration\n%s\n--- other\n%s\n--- list of %s", seed, law,
		v.Detail, r.Name, r.Text, r.Config, r.Other, r.Host)
	if *keep != "" {
		b.keep(seed, r, *v)
	}
}

func (b *batch) keep(seed uint64, r Run, v Violation) {
	dir := filepath.Join(*keep, fmt.Sprintf("%s-%d", strings.ReplaceAll(v.Law, " ", "-"), seed))
	require.NoError(b.t, os.MkdirAll(dir, 0o755))
	for name, text := range map[string]string{
		r.Name: r.Text, "config.yaml": r.Config, "other.yaml": r.Other,
		"list.yaml": r.List, "what": v.Law + "\n" + v.Detail,
	} {
		require.NoError(b.t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
}

// wanted returns the violation of a run, or the refusal that the test searches for.
func wanted(r Result) *Violation {
	if r.Violation == nil && slices.Contains(r.Refused, *hunt) {
		return &Violation{"refused: " + *hunt, r.Said}
	}
	return r.Violation
}

func (b *batch) print() {
	b.t.Logf("%d runs (seeds %d to %d), %d converted", b.runs, *first, b.next-1, b.converted)
	for _, id := range slices.SortedFunc(maps.Keys(b.refused),
		func(x, y string) int { return b.refused[y] - b.refused[x] }) {
		b.t.Logf("refused %6d %s", b.refused[id], id)
	}
	violations := 0
	for _, law := range slices.Sorted(maps.Keys(b.found)) {
		seeds := b.found[law]
		violations += len(seeds)
		b.t.Errorf("violated %5d %s; seeds %v", len(seeds), law, seeds[:min(len(seeds), 8)])
	}
	b.t.Logf("%d violations; go test ./tests/generate -run TestLaws -seed N -laws 1 repeats one", violations)
}
