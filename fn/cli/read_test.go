package cli

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// TestTextsOfAnyLengthAreRead: a pipe has no size, and is read in parts.
func TestTextsOfAnyLengthAreRead(t *testing.T) {
	for _, size := range []int{0, 1, firstPart - 1, firstPart, firstPart + 1, 40 * firstPart, largeText + 7} {
		want := strings.Repeat("0123456789abcde\n", size/16+1)[:size]
		got, err := readAll(iotest.HalfReader(strings.NewReader(want)))
		require.NoError(t, err)
		require.True(t, want == got, "%d bytes", size)
	}
	broken := errors.New("broken")
	_, err := readAll(io.MultiReader(strings.NewReader("a"), iotest.ErrReader(broken)))
	require.ErrorIs(t, err, broken)
}
