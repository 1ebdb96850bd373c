package tests

import (
	"os"
	"testing"

	"github.com/boxp/dindify/fn/cli"
	"github.com/boxp/dindify/fn/kustomize"
)

// TestMain lets this program be the function that dindify build calls, as dindify itself is.
func TestMain(m *testing.M) {
	if _, is := kustomize.AsFunction(); is {
		os.Exit(cli.Run(cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, "test", nil))
	}
	os.Exit(m.Run())
}
