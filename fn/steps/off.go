//go:build !steps

// Package steps counts the work of a run, so that tests can compare it with the size of the input. A clock would
// measure how busy the machine is. It is compiled in only with the build tag steps.
package steps

// Count does nothing in a build without the tag steps.
func Count(int) {}
