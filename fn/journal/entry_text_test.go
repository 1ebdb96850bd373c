package journal

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/yamldoc"
)

// An anchor with several values is ambiguous: the order in the journal is not that in the document.
func TestAmbiguousAnchors(t *testing.T) {
	document, err := yamldoc.Parse("a: &own 1\nb: &same x\nc: *own\n")
	require.NoError(t, err)
	for text, want := range map[string]string{
		"- &new x":                   "",
		"- &same x":                  "",
		"- *own":                     "",
		"- &own 2":                   "own",
		"- {name: A, value: &own 2}": "own",
		"- [&same x, &own [*same]]":  "own",
	} {
		_, err := document.Edit(func(d *yamldoc.Draft) error {
			c := &Conversion{texts: map[string]parsed{}, anchors: map[string]anchored{}, inDocument: d.Anchored}
			c.j.Edits = []edit{{Put: []put{{Text: text}}}}
			entry, err := c.parse(text)
			require.NoError(t, err)
			require.Equal(t, want, c.ambiguousAnchor(entry.Value), text)
			return nil
		})
		require.NoError(t, err)
	}
}
