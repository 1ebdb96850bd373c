package tests

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBrokenYAMLFailsWhateverTheWayIn: an audit of lines finds less than one of documents, so a gate must not pass.
func TestBrokenYAMLFailsWhateverTheWayIn(t *testing.T) {
	const head = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: ["
	for name, text := range map[string]string{
		"nothing":              head + "\n",
		"a use":                head + "\nhostPath: {path: /var/run/docker.sock}\n",
		"a mention":            head + "\nmountPath: /var/run/docker.sock\n",
		"beside other objects": deployment + "---\n" + head + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			put(t, "dir/a.yaml", text)
			put(t, "dir/b.yaml", deployment)
			_, _, status := verb(t, "", "audit", "--write-baseline", "known.json", "dir/b.yaml")
			require.Equal(t, 0, status)
			for _, args := range [][]string{{"dir/a.yaml"}, {"dir"}, {"-"}, {}, {"dir/b.yaml", "dir/a.yaml"}} {
				for _, flags := range [][]string{nil, {"--baseline", "known.json"}, {"--exit-zero"}, {"--fail-on", "broken"}} {
					_, errs, status := verb(t, text, append(append([]string{"audit"}, flags...), args...)...)
					require.Equal(t, 2, status, "%v %v: %s", flags, args, errs)
					require.Contains(t, errs, "line ")
				}
				_, _, status := verb(t, text, append([]string{"audit", "--write-baseline", "new.json"}, args...)...)
				require.Equal(t, 2, status, args)
				require.NoFileExists(t, "new.json")
			}
			out, _, _ := verb(t, "", "audit", "dir")
			require.Contains(t, out, "Deployment/app", "what was found is printed")
			_, errs, status := verb(t, "", "audit", "--baseline", "known.json", "--exclude", "a.yaml", "dir")
			require.Equal(t, 0, status, errs)
		})
	}
}

// TestFilesThatAreNoManifestsDoNotFail: an editor's configuration with comments and a template are no broken manifests.
func TestFilesThatAreNoManifestsDoNotFail(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "tsconfig.json", "{\n  // for the editor\n  \"strict\": true,\n}\n")
	put(t, "templates/a.yaml", "apiVersion: v1\n{{ if .Values.x }}\nkind: Pod\n{{ end }}\n")
	put(t, "unknown.yaml", "image: @@IMAGE@@\n")
	_, errs, status := verb(t, "", "audit", ".")
	require.Equal(t, 0, status, errs)
}
