//go:build steps

// Package steps counts the work of a run, for tests that hold it against the size of the input: a clock would tell how
// busy the machine is. It is compiled in by the build tag steps only.
package steps

import "sync/atomic"

var taken atomic.Int64

// Count adds steps: nodes that are made, and keys and elements that are looked at.
func Count(n int) { taken.Add(int64(n)) }

// Reset begins anew, and returns the steps until now.
func Reset() int64 { return taken.Swap(0) }
