package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// The heap growth that starts the next collection, in percent of the live heap. Go's default is 100.
//
// A run takes milliseconds, and a collection costs more than the memory it frees is worth. Go assumes a first heap of
// 4 MiB, so with this value the first collection starts at about 48 MiB, which most runs never reach. See
// docs/performance.md for the figures.
const (
	firstGCPercent = 1200
	laterGCPercent = 250
)

// tuneGC sets the garbage collector's target, unless the user has set GOGC.
func tuneGC() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(firstGCPercent)
	// A finalizer runs right after the first collection. runtime.AddCleanup runs only after sweeping, which takes half
	// of the run.
	runtime.SetFinalizer(new(sentinel), func(*sentinel) { debug.SetGCPercent(laterGCPercent) })
}

// sentinel is garbage that the first collection finds.
type sentinel struct{ _ *sentinel }
