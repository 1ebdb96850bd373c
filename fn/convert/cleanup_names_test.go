package convert

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"k8s.io/apimachinery/pkg/util/validation"
)

func TestShortenedNamesAreNames(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range []string{
		"agent", strings.Repeat("a", 37), strings.Repeat("a", 38), strings.Repeat("a", 253), strings.Repeat("a", 27) + "-" +
			strings.Repeat("b", 20),
		strings.Repeat("a", 27) + "." + strings.Repeat("b", 20), strings.Repeat("a-", 30) + "x", strings.Repeat("a.", 60) +
			"b",
	} {
		short := shortened(name, "-docker-cleanup", 52)
		require.LessOrEqual(t, len(short), 52, name)
		require.Empty(t, validation.IsDNS1123Subdomain(short), short)
		require.False(t, seen[short], short)
		seen[short] = true
		require.Equal(t, short, shortened(name, "-docker-cleanup", 52))
	}
	require.Equal(t, strings.Repeat("a", 37)+"-docker-cleanup", shortened(strings.Repeat("a", 37), "-docker-cleanup", 52))
}
