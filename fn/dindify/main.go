// Command dindify moves Kubernetes workloads off the node's Docker socket onto a Docker daemon of their own, and back.
//
// Without arguments it is a KRM function; with a verb it works on files. See package cli.
package main

import (
	"os"

	"github.com/boxp/dindify/fn/cli"
)

// version of a release is set by the linker: -X main.version=v1.2.3. Other builds know the version of their module.
var version string

func main() {
	tuneGC()
	os.Exit(cli.Run(cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, version, os.Args[1:]))
}
