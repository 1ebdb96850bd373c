// Command kubectl-dindify is kubectl's plug-in `kubectl dindify`: the verbs of dindify, and verify, which looks at a
// cluster. See package plugin.
package main

import (
	"os"

	"github.com/boxp/dindify/fn/cli"
	"github.com/boxp/dindify/fn/plugin"
)

// version of a release is set by the linker: -X main.version=v1.2.3. Other builds know the version of their module.
var version string

func main() {
	s := cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}
	os.Exit(cli.RunPlugin(s, version, os.Args[0], plugin.NewVerify(s), os.Args[1:]))
}
