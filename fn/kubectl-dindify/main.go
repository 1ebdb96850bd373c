// Command kubectl-dindify is the kubectl plug-in `kubectl dindify`. It has the verbs of dindify, and verify, which
// checks a cluster. See package plugin.
package main

import (
	"os"

	"github.com/boxp/dindify/fn/cli"
	"github.com/boxp/dindify/fn/plugin"
)

// version is set by the linker for a release: -X main.version=v1.2.3. Other builds use the version of the Go module.
var version string

func main() {
	s := cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}.Checked()
	os.Exit(cli.RunPlugin(s, version, os.Args[0], plugin.NewVerify(s), os.Args[1:]))
}
