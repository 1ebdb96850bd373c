// Package objects compares the output of two hosts for the same application: the objects, whatever their order and
// layout.
package objects

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// journal is the annotation in which dindify stores the removed text with its layout. The comparison ignores it: hosts
// change the layout of an object before dindify reads it.
const journal = "dindify.dev/journal"

// Set is objects by apiVersion, kind, namespace and name, each as YAML with sorted keys and without its journal.
type Set map[string]string

// Parse reads a stream of YAML documents. A duplicate object fails the test.
func Parse(t testing.TB, text string) Set {
	t.Helper()
	set := Set{}
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		var object map[string]any
		err := decoder.Decode(&object)
		if errors.Is(err, io.EOF) {
			return set
		}
		require.NoError(t, err, "%s", text)
		if object != nil {
			set.add(t, object)
		}
	}
}

func (s Set) add(t testing.TB, object map[string]any) {
	t.Helper()
	metadata, _ := object["metadata"].(map[string]any)
	if annotations, ok := metadata["annotations"].(map[string]any); ok {
		delete(annotations, journal)
		if len(annotations) == 0 {
			delete(metadata, "annotations")
		}
	}
	id := fmt.Sprintf("%v %v %v/%v", object["apiVersion"], object["kind"], metadata["namespace"], metadata["name"])
	require.NotContains(t, s, id)
	text, err := yaml.Marshal(object)
	require.NoError(t, err)
	s[id] = string(text)
}

// Names returns the names in the set, sorted.
func (s Set) Names() []string { return slices.Sorted(maps.Keys(s)) }

// Equal compares object by object, so that a failure shows the different one.
func Equal(t testing.TB, want, got Set) {
	t.Helper()
	assert.Equal(t, want.Names(), got.Names())
	for _, name := range want.Names() {
		assert.Equal(t, want[name], got[name], name)
	}
}
