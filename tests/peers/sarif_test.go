package peers

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// schema is the schema of SARIF 2.1.0, from the tests of kube-linter's module.
func schema(t *testing.T) *jsonschema.Schema {
	var module struct{ Dir string }
	found, err := exec.Command("go", "mod", "download", "-json", "golang.stackrox.io/kube-linter").Output()
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(found, &module))
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile(filepath.Join(module.Dir, "scripts", "sarif", "sarif-schema-2.1.0.json"))
	require.NoError(t, err)
	return s
}

func TestSARIFFitsItsSchema(t *testing.T) {
	program := filepath.Join(t.TempDir(), "dindify")
	build(t, filepath.Join("..", ".."), program, "./fn/dindify")
	odd := filepath.Join(t.TempDir(), "a chart: 100% #1.yaml")
	require.NoError(t, os.WriteFile(odd, []byte("{{- if .Values.on }}\nhostPath: {path: /var/run/docker.sock}\n"), 0o644))
	for name, args := range map[string][]string{
		"folder": {"../cases"}, "template": {odd}, "standard input, nothing found": {"-"},
	} {
		t.Run(name, func(t *testing.T) {
			out := run(t, "", append([]string{program, "audit", "-o", "sarif"}, args...)...)
			log, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
			require.NoError(t, err)
			require.NoError(t, schema(t).Validate(log))
			results := log.(map[string]any)["runs"].([]any)[0].(map[string]any)["results"].([]any)
			require.Equal(t, name == "standard input, nothing found", len(results) == 0)
		})
	}
}

func TestSchemaRefusesWhatIsNotSARIF(t *testing.T) {
	log, err := jsonschema.UnmarshalJSON(strings.NewReader(`{"version": "2.1.0", "runs": [{"tool": {}}]}`))
	require.NoError(t, err)
	require.Error(t, schema(t).Validate(log))
}
