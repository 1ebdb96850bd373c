// Package parallel runs a function for many indexes on all cores.
package parallel

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

// worthwhile is the number of calls per core above which another goroutine saves time.
const worthwhile = 16

// For calls do with every index below n and returns the error of the lowest index that fails. It panics if do panics,
// after all calls have ended: the caller cannot recover a panic in another goroutine.
func For(n int, do func(i int) error) error { return onCores(n/worthwhile+1, n, do) }

// Each is like For, for calls that are slow enough for one goroutine each.
func Each(n int, do func(i int) error) error { return onCores(n, n, do) }

func onCores(most, n int, do func(i int) error) error {
	errs := make([]error, n)
	workers := min(runtime.GOMAXPROCS(0), most)
	work := func(w int) {
		for i := w; i < n; i += workers {
			errs[i] = do(i)
		}
	}
	if workers > 1 {
		together(workers, work)
	} else {
		work(0) // another goroutine would make the runtime start a thread for nothing
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// together runs several workers at the same time.
func together(workers int, work func(w int)) {
	panics := make(chan string, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					panics <- fmt.Sprintf("%v\n%s", p, debug.Stack())
				}
			}()
			work(w)
		})
	}
	wg.Wait()
	if len(panics) > 0 {
		panic(<-panics)
	}
}
