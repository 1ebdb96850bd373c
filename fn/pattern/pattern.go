// Package pattern has regular expressions that are compiled when they are first asked for: most runs ask for none, and
// a run on a short list takes no longer than compiling them all.
package pattern

import (
	"regexp"
	"sync"
)

// Lazy returns the regular expression, and panics where it is none, as regexp.MustCompile does.
func Lazy(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
