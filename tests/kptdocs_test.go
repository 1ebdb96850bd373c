package tests

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"
)

var (
	yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")
	evalLine  = regexp.MustCompile(`kpt fn eval .* -- (.*)`)
)

// TestKptDocsHoldWhatTheFunctionTakes: the function's documentation in the form of kpt's catalogue, by its examples.
func TestKptDocsHoldWhatTheFunctionTakes(t *testing.T) {
	readme, err := os.ReadFile("../docs/kpt/README.md")
	require.NoError(t, err)
	blocks := yamlBlock.FindAllStringSubmatch(string(readme), -1)
	require.Len(t, blocks, 2)
	configs := []string{blocks[0][1], blocks[1][1]}
	for _, eval := range evalLine.FindAllStringSubmatch(string(readme), -1) {
		config := "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\ndata:\n"
		for _, pair := range strings.Fields(eval[1]) {
			key, value, _ := strings.Cut(pair, "=")
			config += "  " + key + ": " + value + "\n"
		}
		configs = append(configs, config)
	}
	require.Len(t, configs, 4)
	for _, config := range configs {
		_, errs, status := run(list(config, deployment))
		require.Equal(t, 0, status, "%s\n%s", config, errs)
	}
}

func TestKptMetadataNamesWhatIsThere(t *testing.T) {
	var meta struct {
		Image, Description, SourceURL, License string
		ExamplePackageURLs                     []string
	}
	text, err := os.ReadFile("../docs/kpt/metadata.yaml")
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(text, &meta))
	require.NotEmpty(t, meta.ExamplePackageURLs)
	for _, url := range meta.ExamplePackageURLs {
		_, dir, found := strings.Cut(url, meta.SourceURL+"/tree/main/")
		require.True(t, found, url)
		kptfile, err := os.ReadFile(filepath.Join("..", dir, "Kptfile"))
		require.NoError(t, err)
		require.Contains(t, string(kptfile), "image: "+meta.Image+":v")
	}
	readme, err := os.ReadFile("../docs/kpt/README.md")
	require.NoError(t, err)
	require.Contains(t, strings.ToLower(string(readme)), strings.ToLower(strings.TrimPrefix(meta.Description, "Move ")))
}
