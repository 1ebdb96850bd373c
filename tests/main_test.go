package tests

import (
	"os"
	"testing"

	"github.com/boxp/dindify/fn/cli"
	"github.com/boxp/dindify/fn/kustomize"
)

// TestMain makes this test binary the function of dindify build, as in dindify itself.
func TestMain(m *testing.M) {
	if _, is := kustomize.AsFunction(); is {
		os.Exit(cli.Run(cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, "test", nil))
	}
	os.Exit(m.Run())
}
