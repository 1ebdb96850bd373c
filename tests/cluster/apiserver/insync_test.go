package apiserver

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/controlplane"
	"github.com/boxp/dindify/tests/cluster/kube"
)

// TestWhatIsPrintedIsWhatIsStored: if the server stores a field differently than it is written, such as an empty value
// or a quantity in another form, Argo CD always shows a difference. The test compares each field of a conversion with
// the stored one. Fields of the input belong to the user, so the input is compared too.
func TestWhatIsPrintedIsWhatIsStored(t *testing.T) {
	root, err := binaries.RepositoryRoot(t.Context())
	require.NoError(t, err)
	cp := controlplane.Start(t)
	differences := func(stream []byte) map[string]bool {
		createNamespaces(t, cp, stream)
		objects, err := kube.Decode(stream)
		require.NoError(t, err)
		all := map[string]bool{}
		for _, o := range objects {
			stored, err := cp.Stored(t.Context(), o)
			require.NoError(t, err, "%s %s", o.GetKind(), o.GetName())
			differ(o.GetKind()+" "+o.GetName(), o.Object, stored.Object, all)
		}
		return all
	}
	configs, err := filepath.Glob(filepath.Join(root, "tests/testdata/insync/*.yaml"))
	require.NoError(t, err)
	overlays, err := filepath.Glob(filepath.Join(root, "overlays/*/dindify/dindify.yaml"))
	require.NoError(t, err)
	require.NotEmpty(t, configs)
	inputs := []string{
		"tests/testdata/insync.yaml", "tests/cases/openhands/input.yaml",
		"tests/cases/statefulset/input.yaml",
	}
	for _, input := range inputs {
		before, err := os.ReadFile(filepath.Join(root, input))
		require.NoError(t, err)
		theirs := differences(before)
		for _, config := range append(configs, overlays...) {
			t.Run(input+"/"+filepath.Base(filepath.Dir(filepath.Dir(config)))+"/"+filepath.Base(config), func(t *testing.T) {
				cmd := exec.CommandContext(t.Context(), "go", "run", "./fn/dindify", "convert", "--config", config, input)
				cmd.Dir = root
				after, err := cmd.Output()
				require.NoError(t, err)
				for difference := range differences(after) {
					if !theirs[difference] {
						t.Error(difference)
					}
				}
			})
		}
	}
}

// differ records each printed value that is stored differently.
func differ(path string, printed, stored any, all map[string]bool) {
	switch p := printed.(type) {
	case map[string]any:
		s, _ := stored.(map[string]any)
		for key, v := range p {
			differ(path+"."+key, v, s[key], all)
		}
	case []any:
		s, _ := stored.([]any)
		if len(s) != len(p) {
			all[fmt.Sprintf("%s: %d elements are printed, %d are stored", path, len(p), len(s))] = true
			return
		}
		for i, v := range p {
			differ(path+"["+nameOf(v, i)+"]", v, s[i], all)
		}
	default:
		if p, s := text(printed), text(stored); p != s {
			all[fmt.Sprintf("%s: %s is printed, %s is stored", path, p, s)] = true
		}
	}
}

// text returns a scalar as in JSON: a number is equal however it was decoded.
func text(scalar any) string {
	text, err := json.Marshal(scalar)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func nameOf(element any, i int) string {
	if m, ok := element.(map[string]any); ok {
		if name, ok := m["name"].(string); ok {
			return name
		}
	}
	return fmt.Sprint(i)
}
