// Package parallel does the same with many things on every core.
package parallel

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

// worthwhile is how many things a core must get before a goroutine more saves time.
const worthwhile = 16

// For calls do with every index below n, and returns the error of the lowest one that has any. It panics where do does,
// once all are done: a panic in another goroutine would be beyond the caller's reach.
func For(n int, do func(i int) error) error { return onCores(n/worthwhile+1, n, do) }

// Each is For where even a few calls are worth a goroutine.
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
		work(0) // a goroutine would make the runtime start another thread, for nothing
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// together lets workers work at the same time.
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
