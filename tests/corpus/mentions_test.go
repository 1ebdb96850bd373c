package corpus

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/laws"
)

// TestAuditAccountsForEveryMentionOfThePublicFiles holds law 7 on files that nobody wrote for dindify.
func TestAuditAccountsForEveryMentionOfThePublicFiles(t *testing.T) {
	dir := folder(t)
	for _, e := range index(t, dir) {
		t.Run(e.file, func(t *testing.T) {
			file := filepath.Join(dir, e.file)
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			laws.CheckMentions(t, file, string(text))
		})
	}
}
