package generate

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// TestWhatIsWrittenIsWhatIsMeant reads each text with a parser other than dindify's.
func TestWhatIsWrittenIsWhatIsMeant(t *testing.T) {
	for seed := range uint64(1000) {
		m := NewManifest(Random(seed))
		for i, doc := range m.Docs {
			if strings.Contains(doc, "Widget") {
				continue // its unusual values differ in JSON
			}
			var got any
			require.NoError(t, yaml.Unmarshal([]byte(doc), &got), "seed %d\n%s", seed, doc)
			var want any
			require.NoError(t, yaml.Unmarshal([]byte(jsonOf(m.Objects[i])), &want))
			require.Equal(t, want, got, "seed %d\n%s", seed, doc)
		}
	}
}
