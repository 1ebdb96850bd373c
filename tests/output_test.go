package tests

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/cli"
)

// full is a device without space.
type full struct{}

var errFull = errors.New("no space left on device")

func (full) Write([]byte) (int, error) { return 0, errFull }

// TestOutputThatCannotBeWrittenIsAFailure: the exit status 1 of audit and diff means that they found something.
func TestOutputThatCannotBeWrittenIsAFailure(t *testing.T) {
	for _, args := range []string{
		"audit", "audit -o json", "audit -o sarif", "audit --exit-zero", "convert --no-config", "revert", "diff --no-config",
		"diff --no-config --stat", "diff --no-config -o markdown", "explain --no-config -", "explain ids", "explain --all",
		"explain socket-directory", "explain passes", "diagram --no-config", "schema", "version", "--help", "--version",
	} {
		t.Run(args, func(t *testing.T) {
			var errs bytes.Buffer
			s := cli.Streams{In: strings.NewReader(deployment), Out: full{}, Err: &errs}
			require.Equal(t, 2, cli.Run(s, "", strings.Fields(args)))
			require.Equal(t, 1, strings.Count(errs.String(), errFull.Error()), errs.String())
			require.Contains(t, errs.String(), "cannot write standard output")
		})
	}
}

// TestFunctionThatCannotWriteIsAFailure is the same for the KRM function, whose host would take no output for none.
func TestFunctionThatCannotWriteIsAFailure(t *testing.T) {
	var errs bytes.Buffer
	in := "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\n"
	s := cli.Streams{In: strings.NewReader(in), Out: full{}, Err: &errs}
	require.Equal(t, 2, cli.Run(s, "", nil))
	require.Contains(t, errs.String(), "cannot write standard output")
}
