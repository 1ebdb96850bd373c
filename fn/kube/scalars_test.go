package kube

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestScalarsWith checks that a mention is found by its line, and that a key or comment belongs to no scalar.
func TestScalarsWith(t *testing.T) {
	item, err := ReadItem(`kind: ConfigMap
metadata: {name: a, labels: {b: /run/x, c: /run}}
data:
  /run/key: above # /run/comment
  text: |
    one /run/x
    two /run/y
  folded: plain that goes
    on with /run/z
`)
	require.NoError(t, err)
	s := (&Set{}).ObjectsOf(item)[0].Scalars()
	for _, test := range []struct {
		text string
		line int
		want string
	}{
		{"/run/x", 2, "metadata.labels.b"},
		{"/run", 2, "metadata.labels.c"}, // the whole value, not part of another one
		{"/run/key", 4, ""},
		{"/run/comment", 4, ""},
		{"/run/x", 6, "data.text"},
		{"/run/y", 7, "data.text"},
		{"/run/z", 9, "data.folded"},
	} {
		f, ok := s.With(test.text, test.line)
		require.Equal(t, test.want != "", ok, test)
		if ok {
			require.Equal(t, test.want, f.Path(), test)
		}
	}
}
