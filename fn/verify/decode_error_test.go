package verify

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFilesThatAreNoObjects checks that messages speak of YAML, not of types of Go.
func TestFilesThatAreNoObjects(t *testing.T) {
	for text, want := range map[string]string{
		"just a string":                          "must be a mapping, and this is a string",
		"- a\n- b":                               "must be a mapping, and this is a list",
		"kind: List\nitems: [null, 3]":           "must be a mapping, and this is a number",
		"kind: List\nitems: x":                   "items must be a list, and is a string",
		"kind: [a]":                              "kind must be a string, and is a list",
		"metadata: {name: 3}":                    "metadata.name must be a string, and is a number",
		"metadata:\n  name: {{ .Release.Name }}": "a template must be rendered first",
		"kind: A\n...\nkind: B":                  "begin each document with ---",
		"kind: A\n...\n# b\n\nkind: B":           "begin each document with ---",
		"kind: A\n--- {kind: B}":                 "invalid Yaml document separator",
	} {
		_, err := ReadManifests("a.yaml", strings.NewReader(text))
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, err, "a.yaml: ")
		require.NotContains(t, err.Error(), "Go ")
		require.NotContains(t, err.Error(), "interface")
	}
}

// TestDocumentsOfAStream checks that no document of a file is left out.
func TestDocumentsOfAStream(t *testing.T) {
	for text, want := range map[string]string{
		`{"kind":"A"}` + "\n" + `{"kind":"B"} {"kind":"C"}`:            "A B C",
		`{"kind":"A"}` + "\n---\n" + `{"kind":"B"}` + "\n---\nkind: C": "A B C",
		"{kind: A}\n---\n{kind: B}":                                    "A B",
		"kind: A\n--- # b\nkind: B\n---\n# nothing\n---\n---\nkind: C": "A B C",
		"kind: A\n...\n---\nkind: B\n...\n":                            "A B",
		"\ufeffkind: A\r\n---\r\nkind: B\r\n":                          "A B",
		"":                                                             "",
		"---\n":                                                        "",
		"kind: A\ndata:\n  text: |\n    ...\n    kind: B\n":            "A",
	} {
		all, err := ReadManifests("a.yaml", strings.NewReader(text))
		require.NoError(t, err, text)
		kinds := make([]string, len(all))
		for i, m := range all {
			kinds[i] = m.Kind
		}
		require.Equal(t, want, strings.Join(kinds, " "), text)
	}
}

// TestMalformedWorkloadFailsApply checks that a field of a wrong type ends no run before the apply.
func TestMalformedWorkloadFailsApply(t *testing.T) {
	f := healthy(t)
	manifests := manifestsOf(t, f, map[string]any{"Deployment/openhands": object{"spec": object{"replicas": "two"}}})
	for _, names := range [][]string{nil, {"deploy/openhands"}} {
		rep, err := Run(t.Context(), f, Options{Namespace: "openhands", Names: names, Pre: true, Manifests: manifests})
		require.NoError(t, err)
		got := rep.Checks[len(rep.Checks)-1]
		require.Equal(t, "apply", got.ID)
		require.Equal(t, Fail, got.Result)
		require.Contains(t, got.Text, "Deployment/openhands: spec.replicas must be a number, and is a string")
	}
}

// TestNameHasOneSlash checks a name that cannot be one.
func TestNameHasOneSlash(t *testing.T) {
	_, err := Run(t.Context(), healthy(t), Options{Namespace: "openhands", Names: []string{"deploy/a/b"}})
	require.ErrorContains(t, err, "deploy/a/b: must be KIND/NAME")
}

// TestCauseOfAFailedRequestIsKept checks that the URL of an exec, which has the command, does not hide why it failed.
func TestCauseOfAFailedRequestIsKept(t *testing.T) {
	err := errors.New(`exec in pod a, container b: Post "https://10.0.0.1:6443/api/v1/exec?command=` +
		strings.Repeat("x", 500) + `": dial tcp 10.0.0.1:6443: connection refused`)
	require.Contains(t, blind(err, "run a command").Text, "container b: dial tcp 10.0.0.1:6443: connection refused")
	err = errors.New(strings.Repeat("x", 500) + ": no such container")
	require.Contains(t, blind(err, "run a command").Text, ": no such container")
}
