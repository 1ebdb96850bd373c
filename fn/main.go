// Command dindify moves Kubernetes workloads off the node's Docker socket onto a Docker daemon of their own, and back.
//
// Without arguments it is a KRM function; with a verb it works on files. See package cli.
package main

import (
	"os"
	"runtime"
	"runtime/debug"

	"github.com/boxp/dindify/fn/cli"
)

// version is set by the linker: -X main.version=v1.2.3.
var version = "devel"

// How much a run may leave lying about, in percent of what it needs; Go's own default is 100. It lives for a moment, and
// collecting takes longer than what it gives back is worth: the first collection, of a heap that Go takes to be 4 MiB,
// waits for 48 MiB, which most runs never have.
const (
	atFirst = 1200
	later   = 250
)

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(atFirst)
		// A cleanup would wait until all is swept that the first collection has found, when half of the run is over.
		runtime.SetFinalizer(new(first), func(*first) { debug.SetGCPercent(later) })
	}
	os.Exit(cli.Run(cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, version, os.Args[1:]))
}

// first is what the first collection finds lying about.
type first struct{ _ *first }
