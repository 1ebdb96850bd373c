package tests

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/tests/laws"
)

// TestAuditAccountsForEveryMention checks law 7 on the inputs and outputs of all cases, and on the files of
// tests/testdata/mentions, which name sockets but contain no pod.
func TestAuditAccountsForEveryMention(t *testing.T) {
	files, err := filepath.Glob("cases/*/*put.*")
	require.NoError(t, err)
	more, err := filepath.Glob("testdata/mentions/*")
	require.NoError(t, err)
	require.NotEmpty(t, more)
	for _, file := range append(files, more...) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if strings.Contains(string(text), "kind: ResourceList") {
			continue // the function's input, not a user's file
		}
		laws.CheckMentions(t, file, string(text))
	}
}

// TestMentionsAndRowsOfEveryKind checks the expected uses in the first line of each file.
func TestMentionsAndRowsOfEveryKind(t *testing.T) {
	files, err := filepath.Glob("testdata/mentions/*")
	require.NoError(t, err)
	for _, file := range files {
		first, _, _ := strings.Cut(read(t, file), "\n")
		t.Run(filepath.Base(file), func(t *testing.T) {
			out, _, status := verb(t, "", "audit", "-o", "json", "--mentions", file)
			var rows []audit.Row
			require.NoError(t, json.Unmarshal([]byte(out), &rows))
			uses, mentions := 0, 0
			for _, r := range rows {
				if r.Class == "mentioned" {
					mentions++
				} else {
					uses++
				}
			}
			require.Contains(t, first, plural(uses, "use")+", "+plural(mentions, "mention")+":", out)
			want := min(uses, 1)
			if strings.Contains(first, "no YAML") {
				want = 2
			}
			require.Equal(t, want, status)
		})
	}
}

func plural(n int, word string) string {
	text := map[int]string{0: "no", 1: "one", 2: "two", 3: "three", 4: "four"}[n] + " " + word
	if n != 1 {
		text += "s"
	}
	return text
}
