package stream_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/stream"
)

// TestItemsWithAQuoteInTheFirstColumn has a text in quotes as kyaml writes it, which kpt does for functions in Python.
func TestItemsWithAQuoteInTheFirstColumn(t *testing.T) {
	const text = `apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: first
  data:
    script: 'docker ps

      docker prune

' # of a function
    other: 'one

'
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: second
'functionConfig': {apiVersion: v1, kind: ConfigMap}
`
	list, err := stream.ReadList(text, func(string) bool { return true })
	require.NoError(t, err)
	require.Len(t, list.Items, 2)
	require.Contains(t, list.Items[0].Document().Text(), "other: 'one\n\n'\n")
	require.NotNil(t, list.Config())
}
