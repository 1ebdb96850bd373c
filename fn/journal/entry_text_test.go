package journal

import (
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Of two anchors of one name the last counts, in every run.
func TestAnchorsOfOneName(t *testing.T) {
	for range 50 {
		c := &Conversion{texts: map[string]parsed{}, anchors: map[string]*yaml.Node{}}
		c.j.Edits = []edit{{Put: []put{{Text: "- &host first"}, {Text: "- &host second"}, {Text: "- [&host third, *host]"}}}}
		c.takeAnchorsOfTexts()
		require.Equal(t, "second", c.anchors["host"].Value, "a text with an alias gives no anchors")
	}
}
