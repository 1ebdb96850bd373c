package tests

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAuditReadsTheFieldsAroundAPath checks what the field of a path, or the text that it stands in, makes of it.
func TestAuditReadsTheFieldsAroundAPath(t *testing.T) {
	for name, c := range map[string]struct{ in, rows string }{
		"a folder in a volume of Drone": {
			"kind: pipeline\nvolumes: [{name: s, host: {path: /var/run}}]\n",
			"2 unsure docker /var/run pipeline volumes[name=s].host.path\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			out, _, _ := verb(t, c.in, "audit", "-o", "json", "-")
			require.Equal(t, c.rows, string(rowsOf(t, out)))
		})
	}
}
