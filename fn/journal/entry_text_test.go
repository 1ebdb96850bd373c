package journal

import (
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// An anchor with several values is ambiguous: the order in the journal is not that in the document.
func TestAmbiguousAnchors(t *testing.T) {
	document, err := yamldoc.Parse("a: &own 1\nb: &same x\nc: *own\n")
	require.NoError(t, err)
	noAlias := func(n *yaml.Node) bool { return !hasAlias(n) }
	for text, want := range map[string]string{
		"- &new x":                   "",
		"- &same x":                  "",
		"- *own":                     "",
		"- &own 2":                   "own",
		"- {name: A, value: &own 2}": "own",
		"- [&same x, &own [*same]]":  "own",
	} {
		c := &Conversion{texts: map[string]parsed{}, anchors: map[string]*yaml.Node{}, ambiguous: map[string]bool{}}
		entry, err := c.parse(text)
		require.NoError(t, err)
		c.takeAnchors(document.Root(), func(*yaml.Node) bool { return true })
		c.takeAnchors(entry.Value, noAlias)
		require.Equal(t, want, c.ambiguousAnchor(entry.Value), text)
	}
}
