//go:build !steps

// Package steps counts the work of a run, for tests that hold it against the size of the input: a clock would tell how
// busy the machine is. It is compiled in by the build tag steps only.
package steps

// Count does nothing in a build without the tag steps.
func Count(int) {}
