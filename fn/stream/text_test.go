package stream_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/stream"
)

// TestTextsAreAppendedAsDocuments: on a line of its own and behind one separator, but JSON behind JSON, and nothing
// behind nothing.
func TestTextsAreAppendedAsDocuments(t *testing.T) {
	for name, c := range map[string]struct{ first, second, want string }{
		"YAML":                    {"a: 1\n", "b: 2\n", "a: 1\n---\nb: 2\n"},
		"no last line end":        {"a: 1", "b: 2", "a: 1\n---\nb: 2"},
		"a separator is there":    {"a: 1\n", "---\nb: 2\n", "a: 1\n---\nb: 2\n"},
		"JSON":                    {"{\"a\": 1}\n", "{\"b\": 2}\n", "{\"a\": 1}\n{\"b\": 2}\n"},
		"JSON without a line end": {"{\"a\": 1}", "{\"b\": 2}", "{\"a\": 1}\n{\"b\": 2}"},
		"JSON behind YAML":        {"a: 1\n", "{\"b\": 2}\n", "a: 1\n---\n{\"b\": 2}\n"},
		"YAML behind JSON":        {"{\"a\": 1}\n", "b: 2\n", "{\"a\": 1}\n---\nb: 2\n"},
		"nothing first":           {"", "b: 2\n", "b: 2\n"},
		"nothing last":            {"a: 1\n", "", "a: 1\n"},
		"nothing at all":          {"", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			all := &stream.Text{}
			for _, text := range []string{c.first, c.second} {
				file, err := stream.ReadFile("", text)
				require.NoError(t, err)
				printed, err := file.Print(nil)
				require.NoError(t, err)
				all.Append(printed)
			}
			require.Equal(t, c.want, all.String())
			require.Equal(t, len(c.want), all.Len())
		})
	}
}
