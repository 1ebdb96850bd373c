//go:build steps

// Package steps counts the work of a run, so that tests can compare it with the size of the input. A clock would
// measure how busy the machine is. It is compiled in only with the build tag steps.
package steps

import "sync/atomic"

var taken atomic.Int64

// Count adds steps: nodes that are created, and keys and elements that are read.
func Count(n int) { taken.Add(int64(n)) }

// Reset sets the count to zero and returns the previous value.
func Reset() int64 { return taken.Swap(0) }
