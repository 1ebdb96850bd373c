package tests

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/schema"
)

// functionDocs is the metadata that a catalog of KRM functions shows.
const functionDocs = "../docs/kpt"

func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// TestFunctionDocsHaveTheCatalogsSections: mdtogo and the catalog's site find them by these names and marks.
func TestFunctionDocsHaveTheCatalogsSections(t *testing.T) {
	text := readText(t, functionDocs+"/README.md")
	var headings []string
	for _, m := range regexp.MustCompile(`(?m)^##+ (.*)$`).FindAllStringSubmatch(text, -1) {
		headings = append(headings, m[1])
	}
	require.Equal(t, []string{"Overview", "Usage", "FunctionConfig", "Examples"}, headings)
	var marks []string
	for _, m := range regexp.MustCompile(`<!--mdtogo(:\w+)?-->`).FindAllStringSubmatch(text, -1) {
		marks = append(marks, m[1])
	}
	require.Equal(t, []string{":Short", "", ":Long", "", ":Examples", ""}, marks)
}

// TestFunctionDocsConfigurationsLoad checks that both documented forms are equal, and that all command lines have a
// configuration.
func TestFunctionDocsConfigurationsLoad(t *testing.T) {
	text := readText(t, functionDocs+"/README.md")
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(text, -1)
	require.Len(t, blocks, 2)
	require.Equal(t, loaded(t, blocks[0][1]), loaded(t, blocks[1][1]))

	commands := regexp.MustCompile(`(?m)^\$ kpt fn eval .* -- (.*)$`).FindAllStringSubmatch(text, -1)
	require.Len(t, commands, 4)
	for _, command := range commands {
		data := map[string]string{}
		for argument := range strings.FieldsSeq(command[1]) {
			key, value, _ := strings.Cut(argument, "=")
			data[key] = value
		}
		given, err := yaml.Marshal(map[string]any{"apiVersion": "v1", "kind": "ConfigMap", "data": data})
		require.NoError(t, err)
		loaded(t, string(given))
	}
}

func loaded(t *testing.T, text string) config.Spec {
	t.Helper()
	spec, problems := config.Load(kyaml.MustParse(text).YNode())
	require.Empty(t, problems)
	return spec
}

// TestFunctionDocsListEveryField compares the table with the JSON Schema.
func TestFunctionDocsListEveryField(t *testing.T) {
	generated, err := schema.Generate()
	require.NoError(t, err)
	var want []string
	for name, field := range generated.Properties["spec"].Properties {
		if len(field.Properties) == 0 {
			want = append(want, name)
		}
		for inner := range maps.Keys(field.Properties) {
			want = append(want, name+"."+inner)
		}
	}
	var listed []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([\\w.]+)` \\|").FindAllStringSubmatch(readText(t,
		functionDocs+"/README.md"), -1) {
		listed = append(listed, m[1])
	}
	slices.Sort(want)
	slices.Sort(listed)
	require.Equal(t, want, listed)
}

// metadata is a function's entry in the catalog.
type metadata struct {
	Image              string   `json:"image"`
	Description        string   `json:"description"`
	Tags               []string `json:"tags"`
	SourceURL          string   `json:"sourceURL"`
	ExamplePackageURLs []string `json:"examplePackageURLs"`
	Emails             []string `json:"emails"`
	License            string   `json:"license"`
}

func TestFunctionMetadata(t *testing.T) {
	var m metadata
	require.NoError(t, yaml.UnmarshalStrict([]byte(readText(t, functionDocs+"/metadata.yaml")), &m))
	require.NotEmpty(t, m.Description)
	require.NotEmpty(t, m.Emails)
	require.Equal(t, []string{"mutator"}, m.Tags)
	require.Contains(t, readText(t, "../LICENSE"), "Apache License")
	require.Equal(t, "Apache-2.0", m.License)
	require.Contains(t, readText(t, "../.github/workflows/release.yaml"), "IMAGE: "+m.Image+"\n")
	require.NotEmpty(t, m.ExamplePackageURLs)
	for _, url := range append(m.ExamplePackageURLs, m.SourceURL) {
		path, ours := strings.CutPrefix(url, "https://github.com/boxp/dindify/tree/main/")
		require.True(t, ours, url)
		require.DirExists(t, filepath.Join("..", path))
	}
	for _, url := range m.ExamplePackageURLs {
		require.FileExists(t, filepath.Join("..", strings.TrimPrefix(url, "https://github.com/boxp/dindify/tree/main/"),
			"Kptfile"))
	}
}
