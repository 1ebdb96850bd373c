package kube

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/yamldoc"
)

// TestAHeadSaysWhatTheTreeSays reads each document of the cases both ways.
func TestAHeadSaysWhatTheTreeSays(t *testing.T) {
	files, err := filepath.Glob("../../tests/cases/*/*put.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	heads := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, doc := range strings.Split(string(text), "---\n") {
			heads += sameHead(t, doc) + sameHead(t, "  "+strings.ReplaceAll(doc, "\n", "\n  "))
		}
	}
	require.Greater(t, heads, 500)
}

// sameHead counts the documents whose head could be read from the lines.
func sameHead(t *testing.T, doc string) int {
	h, ok := readHead(0, doc)
	want, err := ReadItem(doc)
	if !ok || err != nil {
		return 0
	}
	got, err := ReadFromHost(0, doc, neverRelevant)
	require.NoError(t, err)
	require.Equal(t, want.ids, got.ids, doc)
	require.Equal(t, want.File, got.File, doc)
	require.Equal(t, want.Index, got.Index, doc)
	require.Equal(t, want.doc.Column(), h.column, doc)
	return 1
}

func neverRelevant(string) bool { return false }

func TestAHeadIsReadFromItsLines(t *testing.T) {
	const start = "apiVersion: v1\nkind: ConfigMap\n"
	for name, rest := range map[string]string{
		"plain":  "metadata:\n  name: a\n",
		"quoted": "metadata:\n    namespace: 'b'\n    name: \"a\" # why\n",
		"annotations": "metadata:\n  annotations:\n    x/y: |\n      name: b\n    config.kubernetes.io/path: 'a.yaml'\n    " +
			"config.kubernetes.io/index: \"3\"\n  name: a\n",
		"local":      "metadata:\n  annotations:\n    config.kubernetes.io/local-config: \"true\"\n  name: a\n",
		"lists":      "metadata:\n  finalizers:\n  - name: b\n  name: a\ndata:\n- metadata: x\n",
		"blocks":     "data:\n  x: |\n    kind: Secret\n\n    metadata:\nmetadata:\n  labels:\n    name: b\n  name: a\n",
		"CRLF":       "metadata:\r\n  name: a\r\ndata:\r\n  a: b\r\n",
		"none below": "metadata:\n  annotations: {}\n  labels:\n  name: a\n",
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, 1, sameHead(t, start+rest)) })
	}
}

func TestAnUnusualHeadIsParsed(t *testing.T) {
	const start = "apiVersion: v1\nkind: ConfigMap\n"
	for name, text := range map[string]string{
		"flow":                start + "metadata: {name: a}\n",
		"anchor":              start + "metadata: &m\n  name: a\n",
		"merge key":           start + "<<: {}\nmetadata:\n  name: a\n",
		"merge key inside":    start + "metadata:\n  <<: {}\n  name: a\n",
		"a List":              "apiVersion: v1\nkind: List\nmetadata:\n  name: a\nitems: []\n",
		"no kind":             "apiVersion: v1\nmetadata:\n  name: a\nitems: []\n",
		"twice":               start + "kind: Pod\nmetadata:\n  name: a\n",
		"in a quoted text":    start + "metadata:\n  name: a\ndata:\n  x: \"\nkind: Pod\n\"\n",
		"quoted keys":         "\"apiVersion\": v1\n\"kind\": ConfigMap\nmetadata:\n  name: a\n",
		"over lines":          start + "metadata:\n  name: a\n    b\n",
		"on the next line":    start + "metadata:\n  name:\n    b\n",
		"escapes":             start + "metadata:\n  name: \"\\x61\"\n",
		"null":                start + "metadata:\n  name: ~\n",
		"a tag":               start + "metadata:\n  name: !!str a\n",
		"an explicit key":     start + "? metadata\n: {name: a}\n",
		"a marker":            "---\n" + start + "metadata:\n  name: a\n",
		"less indented":       start + "metadata:\n    labels: {}\n  name: a\n",
		"a list of its kinds": "- " + start,
	} {
		t.Run(name, func(t *testing.T) {
			_, ok := readHead(0, text)
			require.False(t, ok)
		})
	}
}

// TestElementsAreReadWithoutTheirDash: an element of a list lacks the blanks up to its dash and in place of it.
func TestElementsAreReadWithoutTheirDash(t *testing.T) {
	const body = " apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n"
	item, err := ReadFromHost(1, body, neverRelevant)
	require.NoError(t, err)
	parsed, err := ReadItem(" " + body)
	require.NoError(t, err)
	require.Equal(t, parsed.ids, item.ids)
	require.Equal(t, " "+body, item.Document().Text())
	require.Equal(t, body, item.Document().Body())
	require.Equal(t, 3, item.Document().Column())
	require.Equal(t, "a", yamldoc.Text(item.Document().Root(), "metadata", "name"))
}
