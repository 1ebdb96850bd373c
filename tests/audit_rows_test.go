package tests

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/audit"
)

// auditOf returns the audit of a case's input, a line for each row. A missing or additional use is not visible in any
// conversion.
func (c testCase) auditOf(t *testing.T) []byte {
	t.Helper()
	out, _, _ := verb(t, "", "audit", "-o", "json", "--mentions", filepath.Join(c.dir, "input.yaml"))
	if strings.TrimSpace(out) == "" {
		return []byte("refused\n")
	}
	return rowsOf(t, out)
}

func rowsOf(t *testing.T, printed string) []byte {
	t.Helper()
	var rows []audit.Row
	require.NoError(t, json.Unmarshal([]byte(printed), &rows))
	var text strings.Builder
	for _, r := range rows {
		words := []string{r.Class, r.Runtime, r.HostPath, r.Object, r.Container, r.Field}
		fmt.Fprintf(&text, "%d %s", r.Line, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
		if len(r.Covers) > 0 {
			fmt.Fprintf(&text, " %v", r.Covers)
		}
		text.WriteString("\n")
	}
	return []byte(text.String())
}
