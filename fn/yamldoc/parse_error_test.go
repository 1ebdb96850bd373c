package yamldoc_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/yamldoc"
)

// TestErrorsNameTheLine: for an unfinished list or mapping it is the line in which that begins.
func TestErrorsNameTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"a: 1\nb: 2\nc:\n  d: x\n e: y\n": "line 5: did not find expected key",
		"a: 1\nb:\n  - x\n  y: 1\n":       "line 3: did not find expected '-' indicator",
		"a: 1\nb: [x\nc: 1\n":             "line 2: did not find expected ',' or ']'",
		"a: 1\nb: !x!y z\n":               "line 2: found undefined tag handle",
		"a: 1\nb: x: y\n":                 "line 2: mapping values are not allowed in this context",
		"a: 1\nb: \"x\\q\"\n":             "line 2: found unknown escape character",
	} {
		_, err := yamldoc.Parse(text)
		require.ErrorContains(t, err, want, text)
	}
}
