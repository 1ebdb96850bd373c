package corpus

import (
	"path/filepath"
	"testing"

	"github.com/boxp/dindify/tests/laws"
)

// TestAuditAccountsForEveryMentionOfThePublicFiles checks law 7 on files that were not written for dindify.
func TestAuditAccountsForEveryMentionOfThePublicFiles(t *testing.T) {
	for _, f := range Files() {
		t.Run(f.Name, func(t *testing.T) {
			laws.CheckMentions(t, filepath.Join(Dir(), f.Name), string(f.read(t)))
		})
	}
}
