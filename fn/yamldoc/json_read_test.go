package yamldoc_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// TestJSONReadsAsJSON: a string has the value that a JSON reader gives it, also where YAML reads it otherwise.
func TestJSONReadsAsJSON(t *testing.T) {
	for _, quoted := range []string{
		`"a\/b"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ude00\ud83d"`, `"\ud83dx"`, `"\\/\\ud83d"`, `"\u00e9\/"`, `"\"\/\n"`,
		"\"a\x7fb\"", "\"a \u2028 b\u0085\"", "\"\ufeff\"", "\"\uffff\"",
	} {
		var want string
		require.NoError(t, json.Unmarshal([]byte(quoted), &want), quoted)
		for _, text := range []string{`{"a": ` + quoted + `}`, "{\n  \"a\":\n" + quoted + "\n}\n", "\ufeff{\"a\":" + quoted + "}"} {
			_, err := yamldoc.ParseAndView(text, func(root *yaml.Node) {
				require.Equal(t, want, yamldoc.Text(root, "a"), text)
			})
			require.NoError(t, err, text)
		}
	}
}

// TestEscapesOfJSONAreNotOfYAML: what is not JSON is read as the API server reads YAML.
func TestEscapesOfJSONAreNotOfYAML(t *testing.T) {
	_, err := yamldoc.Parse(`a: "\ud83d\ude00"`)
	require.Error(t, err)
	_, err = yamldoc.ParseAndView(`a: '\/'`, func(root *yaml.Node) { require.Equal(t, `\/`, yamldoc.Text(root, "a")) })
	require.NoError(t, err)
}
