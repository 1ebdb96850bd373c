package starter

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestInFlowListAddsAnElement: the edit stands at the line of the bracket, with a comma unless there is one, or nothing
// to part.
func TestInFlowListAddsAnElement(t *testing.T) {
	for text, want := range map[string]string{
		"components: []\n":          `'1s|]|x]|'`,
		"components: [ ]\n":         `'1s|]|x]|'`,
		"components: [a]\n":         `'1s|]|, x]|'`,
		"components: [a,]\n":        `'1s|]|x]|'`,
		"components: [\n  a,\n]\n":  `'3s|]|x]|'`,
		"components: [\n  a\n  ]\n": `'3s|]|, x]|'`,
	} {
		require.Equal(t, want, inFlowList(text, len("components: ["), "x"), text)
	}
}
