package laws

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// checkLineEnds checks that a text with only CRLF line ends keeps them.
func checkLineEnds(t testing.TB, input, output []byte) {
	t.Helper()
	if bytes.Contains(input, []byte("\r\n")) && !hasLF(input) {
		require.False(t, hasLF(output), "a text with CRLF gets no lines that end in LF")
	}
}

func hasLF(text []byte) bool {
	return bytes.Contains(bytes.ReplaceAll(text, []byte("\r\n"), nil), []byte("\n"))
}
