package tests

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/laws"
)

// TestJSONInIsJSONOut parses converted JSON as kubectl and jq do: concatenated JSON documents, with nothing between
// them. It must have each object of the input, and the generated ones.
func TestJSONInIsJSONOut(t *testing.T) {
	files, err := filepath.Glob("styles/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	config := []byte("apiVersion: dindify.dev/v1alpha1\nkind: DinD\nspec:\n  cleanup: {mode: CronJob}\n")
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			input, err := os.ReadFile(file)
			require.NoError(t, err)
			output, rep := laws.Apply(input, config)
			require.Empty(t, rep.Errors())
			kinds := objects(t, string(output))
			require.Subset(t, kinds, objects(t, string(input)))
			require.Subset(t, kinds, []string{"CronJob", "ServiceAccount", "Role", "RoleBinding"})
			other := bytes.Replace(config, []byte("CronJob"), []byte("CronJob, serviceAccountName: gc"), 1)
			switched, rep := laws.Apply(output, other)
			require.Empty(t, rep.Errors())
			require.NotEmpty(t, objects(t, string(switched)), "what another configuration generates anew is JSON too")
			if strings.Contains(file, "crlf") {
				rest := strings.ReplaceAll(string(output), "\r\n", "")
				require.NotContains(t, rest, "\n", "each line ends as those of the input")
				require.NotContains(t, rest, "\r", "and once")
			}
			if strings.Contains(file, "json-list") {
				require.Equal(t, 1, strings.Count(string(output), `"List"`), "the input is one List, and so is the output")
			}
		})
	}
}

var markers = regexp.MustCompile(`(?m)^---\r?\n`)

// objects returns the kinds of the objects of a JSON stream, including those in a List. If document markers separate
// the documents of the input, they also separate those of the output.
func objects(t *testing.T, text string) (kinds []string) {
	t.Helper()
	type object struct {
		Kind  string
		Items []object
	}
	text = markers.ReplaceAllString(strings.TrimPrefix(text, "\ufeff"), "")
	for dec := json.NewDecoder(strings.NewReader(text)); ; {
		var o object
		err := dec.Decode(&o)
		if errors.Is(err, io.EOF) {
			return kinds
		}
		require.NoError(t, err, "%s", text)
		if o.Kind != "List" {
			kinds = append(kinds, o.Kind)
		}
		for _, item := range o.Items {
			kinds = append(kinds, item.Kind)
		}
	}
}

// TestLinesOfAListInJSON checks the line of a use in the form that kubectl get -o json prints: the lines above the
// first item count too.
func TestLinesOfAListInJSON(t *testing.T) {
	list := `{
    "apiVersion": "v1",
    "kind": "List",
    "items": [
        {
            "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "first"},
            "spec": {"hostPath": {"path": "/var/run/docker.sock"}}
        },
        {
            "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "second"},
            "spec": {"hostPath": {"path": "/var/run/docker.sock"}}
        }
    ]
}
`
	out, _, _ := verb(t, list, "audit", "-o", "json", "-")
	require.Equal(t, "7 unsure docker /var/run/docker.sock PersistentVolume/first spec.hostPath.path\n"+
		"11 unsure docker /var/run/docker.sock PersistentVolume/second spec.hostPath.path\n", string(rowsOf(t, out)))
}
