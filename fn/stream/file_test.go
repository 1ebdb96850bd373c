package stream_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/stream"
)

// FuzzFileIsPrintedAsItCameIn checks that an unedited file is printed byte for byte.
func FuzzFileIsPrintedAsItCameIn(f *testing.F) {
	for _, text := range []string{
		"a: 1\n---\nb: 2\n", "---\na: 1\n...\n", "{\"a\": 1}\n{\"b\": 2}\n", "a: 1\r\n---\r\nb: 2", "# c\n---\n",
		"{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{\"a\": 1}]}\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, err := stream.ReadFile("", text)
		if err != nil {
			return
		}
		out, err := file.Print(nil)
		require.NoError(t, err)
		require.Equal(t, text, out.String())
	})
}
