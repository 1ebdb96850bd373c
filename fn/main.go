// Command dindify moves Kubernetes workloads off the node's Docker socket onto a Docker daemon of their own, and back.
//
// Without arguments it is a KRM function; with a verb it works on files. See package cli.
package main

import (
	"os"
	"runtime/debug"

	"github.com/boxp/dindify/fn/cli"
)

// version is set by the linker: -X main.version=v1.2.3.
var version = "devel"

// garbage is how much a run may leave lying about, in percent of what it needs: it lives for a moment, and collecting
// takes longer than what it gives back is worth. Go's own default is 100.
const garbage = 150

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	os.Exit(cli.Run(cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, version, os.Args[1:]))
}
