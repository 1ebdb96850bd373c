// Package pattern compiles regular expressions on first use. Most runs need none of them, and compiling all of them
// takes longer than a run on a small input.
package pattern

import (
	"regexp"
	"sync"
)

// Lazy returns a function that returns the compiled regular expression. It panics on a bad expression, as
// regexp.MustCompile does.
func Lazy(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
