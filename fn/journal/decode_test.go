package journal

import (
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// TestDecodesAsTheDecoderOfYAML compares what toJournal accepts, and that it accepts what a conversion writes.
func TestDecodesAsTheDecoderOfYAML(t *testing.T) {
	for text, quick := range map[string]bool{
		"version: 2\nobject: Deployment/a\nedits: []\n":                           true,
		"version: 2\nobject: CronJob/a\nserves: Job/b\ngenerated: [Role/c]\n":     true,
		"daemon: d\nlines:\n- in: a.b\n  text: |-\n    c: {d: e}\n":               true,
		"edits:\n- in: a\n  made: true\n  was: 'b:'\n  drop: {\"2375\": \"yes\"}": true,
		"edits:\n- in: a\n  put:\n  - {at: 1, text: '- b', now: \"sum:1\"}\n":     true,
		"version: \"2\"\n":               false,
		"version: 02\n":                  false,
		"version: 0x2\n":                 false,
		"version: 2.0\n":                 false,
		"version: +2\n":                  false,
		"object: 1\n":                    false,
		"object: null\n":                 false,
		"object: {a: b}\n":               false,
		"edits: {a: b}\n":                false,
		"edits:\n- made: yes\n":          false,
		"edits:\n- made: false\n":        false,
		"edits:\n- made: 'true'\n":       false,
		"edits:\n- drop: {1: a}\n":       false,
		"edits:\n- drop: {a: 1}\n":       false,
		"edits:\n- drop: [a]\n":          false,
		"edits:\n- drop: {<<: {a: b}}\n": false,
		"edits:\n- put: [1]\n":           false,
		"edits:\n-\n":                    false,
	} {
		var doc yaml.Node
		require.NoError(t, yaml.Unmarshal([]byte(text), &doc))
		var one, other journal
		require.Equal(t, quick, toJournal(doc.Content[0], &one), text)
		if quick {
			require.NoError(t, doc.Content[0].Decode(&other))
			require.Equal(t, other, one, text)
		}
	}
}
