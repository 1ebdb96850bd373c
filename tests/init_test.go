package tests

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestInitWritesWhatTheFolderNeeds: testdata/init/NAME is a folder, NAME.txt what init says of it and writes there.
func TestInitWritesWhatTheFolderNeeds(t *testing.T) {
	for _, name := range []string{"kustomize", "plain", "nothing"} {
		t.Run(name, func(t *testing.T) {
			golden, err := filepath.Abs("testdata/init/" + name + ".txt")
			require.NoError(t, err)
			before := inCopy(t, "testdata/init/"+name)
			out, errs, status := verb(t, "", "init", "app")
			require.Equal(t, 0, status, errs)
			after := appFiles(t)
			for _, file := range slices.Sorted(maps.Keys(after)) {
				if before[file] != after[file] {
					out += "\n==> " + file + "\n" + after[file]
				}
			}
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(out), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), out)
		})
	}
}

func TestWhatInitWroteConverts(t *testing.T) {
	inCopy(t, "testdata/init/kustomize")
	_, errs, status := verb(t, "", "init", "app")
	require.Equal(t, 0, status, errs)
	file, err := os.OpenFile("app/kustomization.yaml", os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = file.WriteString("components: [dindify]\n")
	require.NoError(t, err)
	require.NoError(t, file.Close())
	out, errs, status := verb(t, "", "build", "app")
	require.Equal(t, 0, status, errs)
	require.Contains(t, out, "name: dind-daemon")
	require.Contains(t, out, "name: dind-cleanup")
	require.NotContains(t, out, "kind: DinD")

	inCopy(t, "testdata/init/plain")
	_, errs, status = verb(t, "", "init", "app")
	require.Equal(t, 0, status, errs)
	_, errs, status = verb(t, "", "convert", "-i", "--config", "app/dindify.yaml", "app")
	require.Equal(t, 0, status, errs)
	require.Contains(t, appFiles(t)["app/testcontainers.yaml"], "sizeLimit: 20Gi")
}

func TestInitNeverOverwrites(t *testing.T) {
	inCopy(t, "testdata/init/kustomize")
	require.NoError(t, os.Mkdir("app/dindify", 0o755))
	require.NoError(t, os.WriteFile("app/dindify/dindify.yaml", []byte("mine"), 0o644))
	before := appFiles(t)
	_, errs, status := verb(t, "", "init", "app")
	require.Equal(t, 1, status)
	require.Contains(t, errs, "app/dindify/dindify.yaml is there already")
	require.Equal(t, before, appFiles(t))
	out, _, status := verb(t, "", "init", "--dry-run", "app")
	require.Equal(t, 0, status)
	require.Contains(t, out, "kind: Component")
	require.Equal(t, before, appFiles(t))
}

// TestInitNeedsAFolder: "-" is standard input elsewhere, and became a folder of that name.
func TestInitNeedsAFolder(t *testing.T) {
	inCopy(t, "testdata/init/plain")
	for _, arg := range []string{"-", "nowhere", "app/testcontainers.yaml"} {
		_, errs, status := verb(t, "", "init", arg)
		require.Equal(t, 1, status)
		require.Contains(t, errs, "init needs a folder")
	}
	require.NoDirExists(t, "-")
}

// here is the folder of these tests, wherever one of them stands.
var here, _ = os.Getwd()

// inCopy makes a folder the working directory that has a copy of another as app, and returns the copy's files.
func inCopy(t *testing.T, dir string) map[string]string {
	t.Helper()
	from := filepath.Join(here, dir)
	t.Chdir(t.TempDir())
	require.NoError(t, os.CopyFS("app", os.DirFS(from)))
	return appFiles(t)
}

func appFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir("app", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		files[filepath.ToSlash(path)] = string(text)
		return err
	}))
	return files
}

// TestMisspelledVerbsAndFlagsAreSuggested: values and fields are in TestBadInputIsRefusedAndComesBackUnchanged.
func TestMisspelledVerbsAndFlagsAreSuggested(t *testing.T) {
	for _, test := range []struct {
		status int // of diff 1 is a difference
		args   []string
	}{{1, []string{"convrt"}}, {2, []string{"diff", "--stats"}}, {1, []string{"build", "--mod", "DinD"}}} {
		_, errs, status := verb(t, "", test.args...)
		require.Equal(t, test.status, status)
		require.Contains(t, errs, "did you mean", strings.Join(test.args, " "))
	}
}
