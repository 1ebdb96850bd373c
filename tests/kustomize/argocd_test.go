package kustomize

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestArgoCDParameters runs the plugin's script like Argo CD. tests/argocd uses the real cmp-server; this test has the
// many wrong parameters, none of which may deploy the unconverted application.
func TestArgoCDParameters(t *testing.T) {
	if _, err := exec.LookPath("jq"); err != nil {
		require.Empty(t, os.Getenv("CI"), "CI has jq")
		t.Skip("NOT TESTED: the plugin's script needs jq")
	}
	dir := t.TempDir()
	lay(t, dir, app)
	lay(t, dir, map[string]string{
		"kustomization.yaml": resources,
		"conf/dind.yaml":     "apiVersion: dindify.dev/v1alpha1\nkind: DinD\n",
	})
	for parameters, says := range map[string]string{
		``:   "",
		`[]`: "",
		`[{"name": "settings", "map": {"mode": "DinD"}}]`:                 "",
		`[{"name": "settings", "map": {"mode": "DinD"}, "string": null}]`: "",
		`[{"name": "config", "string": "conf/dind.yaml"}]`:                "",
		`[{"name": "setting", "map": {"mode": "DinD"}}]`:                  "parameter setting is not known",
		`[{"name": "Settings", "map": {"mode": "DinD"}}]`:                 "parameter Settings is not known",
		`[{"name": "conf", "string": "x.yaml"}]`: "parameter conf " +
			"is not known",
		`[{"name": "settings", "string": "mode: DinD"}]`:                                                  "parameter settings must be a map",
		`[{"name": "settings", "array": ["mode=DinD"]}]`:                                                  "parameter settings must be a map",
		`[{"name": "settings"}]`:                                                                          "parameter settings must be a map",
		`[{"name": "config", "map": {"a": "b"}}]`:                                                         "parameter config must be a string",
		`[{"name": "settings", "map": {"mode": "DinD"}}, {"name": "settings", "map": {}}]`:                "given 2 times",
		`[{"map": {"mode": "DinD"}}]`:                                                                     "is not known",
		`[{"name": "settings", "map": {"mdoe": "DinD"}}]`:                                                 `did you mean "mode"`,
		`[{"name": "settings", "map": {"mode": "on"}}]`:                                                   "must be DinD, DooD, Audit",
		`[{"name": "config", "string": "/etc/passwd"}]`:                                                   "outside the application's directory",
		`[{"name": "config", "string": "$(touch ran)"}]`:                                                  "no such file",
		`[{"name": "config", "string": "--mode=DooD"}]`:                                                   "no such file",
		`[{"name": "settings", "map": {"mode": "DooD\"; touch ran; \""}}]`:                                "must be DinD, DooD, Audit",
		`[{"name": "config", "string": "conf/dind.yaml"}, {"name": "settings", "map": {"mode": "DinD"}}]`: "give one of them",
		`{"name": "settings"}`:                                                                            "is not a list",
		`nonsense`:                                                                                        "cannot be read",
	} {
		t.Run(parameters, func(t *testing.T) {
			cmd := exec.Command("bash", absolute(t, "examples/argocd/plugin/generate.sh"))
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "PATH="+path, "ARGOCD_APP_PARAMETERS="+parameters)
			var out, errs bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &errs
			err := cmd.Run()
			require.NoFileExists(t, filepath.Join(dir, "ran"))
			if says == "" {
				require.NoError(t, err, errs.String())
				require.Equal(t, len(parameters) > 2, bytes.Contains(out.Bytes(), []byte("name: dind-daemon")))
				return
			}
			require.Error(t, err)
			require.Empty(t, out.String())
			require.Contains(t, errs.String(), says)
		})
	}
}

func absolute(t *testing.T, file string) string {
	t.Helper()
	name, err := filepath.Abs(filepath.Join(root, file))
	require.NoError(t, err)
	return name
}
