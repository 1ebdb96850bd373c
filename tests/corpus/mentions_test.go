package corpus

import (
	"path/filepath"
	"testing"

	"github.com/boxp/dindify/tests/laws"
)

// TestAuditAccountsForEveryMentionOfThePublicFiles holds law 7 on files that nobody wrote for dindify.
func TestAuditAccountsForEveryMentionOfThePublicFiles(t *testing.T) {
	for _, f := range Files() {
		t.Run(f.Name, func(t *testing.T) {
			laws.CheckMentions(t, filepath.Join(Dir(), f.Name), string(f.read(t)))
		})
	}
}
