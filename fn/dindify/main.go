// Command dindify moves Kubernetes workloads from the node's Docker socket to a Docker daemon of their own, and
// reverts that.
//
// Without arguments it is a KRM function; with a verb it works on files. See package cli.
package main

import (
	"os"

	"github.com/boxp/dindify/fn/cli"
)

// version is set by the linker for a release: -X main.version=v1.2.3. Other builds use the version of the Go module.
var version string

func main() {
	tuneGC()
	os.Exit(cli.Run(cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, version, os.Args[1:]))
}
