// Package parallel does the same with many things on every core.
package parallel

import (
	"runtime"
	"sync"
)

// worthwhile is how many things a core must get before a goroutine more saves time.
const worthwhile = 16

// For calls do with every index below n, and returns the error of the lowest one that has any.
func For(n int, do func(i int) error) error {
	errs := make([]error, n)
	workers := min(runtime.GOMAXPROCS(0), n/worthwhile+1)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				errs[i] = do(i)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
