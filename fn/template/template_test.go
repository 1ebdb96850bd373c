package template

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFind(t *testing.T) {
	tests := map[string]struct {
		text string
		want string // "" for no template
		line int
	}{
		"an if at the start, which parses as a mapping": {"{{ if .Values.on }}\nkind: Pod\n{{ end }}\n", "Helm", 1},
		"an image that parses":                          {"kind: Pod\nspec:\n  image: {{ .Values.image }}\n", "Helm", 3},
		"an image in quotes": {
			"image: \"{{ .Values.image }}:{{ .Chart.AppVersion }}\"\n",
			"Helm", 1,
		},
		"within a plain scalar":                  {"image: registry/app:{{ .Values.tag }}\n", "Helm", 1},
		"a pipeline that begins with a function": {"name: {{ default .Chart.Name .Values.name }}\n", "Helm", 1},
		"a name by include":                      {"name: {{ include \"app.name\" . }}\n", "Helm", 1},
		"a definition":                           {"{{- define \"app\" -}}\n", "Helm", 1},
		"Jinja":                                  {"{% if docker %}\nkind: Pod\n{% endif %}\n", "Jinja", 1},
		"a variable of Go or Jinja":              {"kind: Pod\nname: {{ name }}\n", "Go or Jinja", 2},
		"a statement below a comment":            {"# a comment {{ x }}\n{{- range . }}\n", "Go or Jinja", 2},
		"a value in braces, which parses":        {"kind: Pod\nmetadata: {name: {{ name }}}\n", "Go or Jinja", 2},
		"a later value in brackets":              {"args: [a, {{ $n }}]\n", "Go or Jinja", 1},
		"a label in nested braces":               {"metadata: {labels: {app: {{.app}}}}\n", "Go or Jinja", 1},
		"braces in quotes in brackets": {
			"args: [\"docker ps --format {{.ID}}, {{.Names}}\", '[{{x}}]']\n", "", 0,
		},
		"braces in a plain argument":                     {"- docker inspect -f {{.ID}},{{.Name}} x\n", "", 0},
		"nested mappings":                                {"spec: {a: {b: {c: d}}, e: [{f: g}]}\n", "", 0},
		"envsubst in an object's name":                   {"metadata:\n  name: ${NAME}\n", "envsubst", 2},
		"envsubst in quotes":                             {"metadata:\n  namespace: \"$NAMESPACE\"\n", "envsubst", 2},
		"a shell variable of an argument":                {"args: [\"sh\", \"-c\", \"echo ${HOME}\"]\n", "", 0},
		"a variable of an image, which Flux substitutes": {"image: registry/app:${TAG}\n", "", 0},
		"a Go template in a ConfigMap": {"data:\n  alert.tmpl: |\n    {{ define \"x\" }}\n    {{ " +
			".Values.x }}\nkind: ConfigMap\n", "", 0},
		"an Argo workflow's parameter":  {"args: [\"{{inputs.parameters.image}}\"]\n", "", 0},
		"an ApplicationSet's parameter": {"name: '{{name}}-app'\n", "", 0},
		"a Kyverno variable":            {"message: \"{{ request.object.metadata.name }}\"\n", "", 0},
		"an image in quotes in a kind of Kubernetes' own": {
			"kind: Deployment\nspec:\n  image: \"{{ image }}:{{ tag }}\"\n",
			"Go or Jinja", 3,
		},
		"an image above the kind":              {"image: 'registry/{{ image }}'\nkind: Pod\n", "Go or Jinja", 1},
		"an image in braces behind a registry": {"kind: Pod\nimage: registry/{{ image }}\n", "Go or Jinja", 2},
		"an image in another document":         {"image: \"{{ x }}\"\n---\nkind: Pod\n", "", 0},
		"an argument in braces in a Deployment": {"kind: Deployment\nargs: [\"--format={{.Names}}\"]\n- " +
			"name: \"x\"\n", "", 0},
		"ERB":                              {"kind: Pod\nname: <%= name %>\n", "ERB", 2},
		"a comment":                        {"# {{ .Values.x }}\nkind: Pod\n", "", 0},
		"a flow mapping":                   {"hostPath: {path: /run}\n", "", 0},
		"a statement after a block scalar": {"a:\n  b: |\n    text\n  {{ end }}\n", "Go or Jinja", 4},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			found, ok := Find(test.text)
			require.Equal(t, test.want != "", ok)
			require.Equal(t, test.want, found.Name)
			require.Equal(t, test.line, found.Line)
		})
	}
}

func TestChart(t *testing.T) {
	exists := func(name string) bool { return name == filepath.Join("charts", "app", "Chart.yaml") }
	require.Equal(t, filepath.Join("charts", "app"), Chart(filepath.Join("charts", "app", "templates", "tests",
		"pod.yaml"), exists))
	require.Empty(t, Chart(filepath.Join("charts", "app", "values.yaml"), exists))
	require.Empty(t, Chart(filepath.Join("templates", "pod.yaml"), exists))
}
