package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A run takes milliseconds, and a collection costs more than the memory it frees is worth: the first one is at
// smallHeap, which most runs never reach. A larger heap may grow by a multiple of its part with pointers, since a
// collection takes time only for that part. Go's own target is a percentage of the whole heap, most of which is the
// text of a large input. See docs/performance.md for the figures.
const (
	smallHeap   = 48 << 20
	leastGrowth = 16 << 20
	perPointers = 5 // growth for each byte with pointers

	firstHeap = 4 << 20 // Go assumes this much before the first collection
)

// tuneGC sets the garbage collector's target, unless the user has set GOGC.
func tuneGC() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(100 * smallHeap / firstHeap)
	runtime.SetFinalizer(new(sentinel), retune)
}

// sentinel is garbage that the next collection finds. Its finalizer runs right after that collection;
// runtime.AddCleanup would run only after sweeping, which takes half of a short run.
type sentinel struct{ _ *sentinel }

// retune sets the target of the next collection.
func retune(*sentinel) {
	heap := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/gc/scan/heap:bytes"}}
	metrics.Read(heap)
	live, pointers := heap[0].Value.Uint64(), heap[1].Value.Uint64()
	target := max(smallHeap, live+leastGrowth, live+perPointers*pointers)
	debug.SetGCPercent(int(100 * (target - live) / max(live, 1)))
	runtime.SetFinalizer(new(sentinel), retune)
}
