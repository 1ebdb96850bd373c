package yamldoc_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// The nodes of a tree are used again once it is read; those of an entry stay.
func TestAnEntryKeepsTheTargetsOfItsAliases(t *testing.T) {
	for _, text := range []string{"- {x: &a v, y: *a}", "- x: &a v\n  y: *a"} {
		e, err := yamldoc.ReadEntry(yaml.SequenceNode, text)
		require.NoError(t, err)
		_, err = yamldoc.ReadEntry(yaml.SequenceNode, "- {k: [1, 2, 3, 4]}")
		require.NoError(t, err)
		require.Equal(t, "v", yamldoc.Text(e.Value, "y"))
	}
}
