package atomicfile

import (
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func lay(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o640))
	}
	return dir
}

func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func text(t *testing.T, path string) string {
	t.Helper()
	all, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(all)
}

// TestReplaceWritesKeepsAndRemoves: the mode stays, a link stays one, an empty text removes the file, and no temporary
// file is left.
func TestReplaceWritesKeepsAndRemoves(t *testing.T) {
	dir := lay(t, map[string]string{"a.yaml": "a", "b.yaml": "b", "gone.yaml": "gone"})
	a, gone, link := filepath.Join(dir, "a.yaml"), filepath.Join(dir, "gone.yaml"), filepath.Join(dir, "link.yaml")
	require.NoError(t, os.Symlink("b.yaml", link))
	require.NoError(t, Replace([]Change{{a, "a", "new a"}, {gone, "gone", ""}, {link, "b", "new b"}}))
	require.Equal(t, "new a", text(t, a))
	require.Equal(t, "new b", text(t, filepath.Join(dir, "b.yaml")))
	require.Equal(t, []string{"a.yaml", "b.yaml", "link.yaml"}, names(t, dir))
	info, err := os.Lstat(a)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o640), info.Mode())
	info, err = os.Lstat(link)
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&os.ModeSymlink)
}

// TestReplaceRefusesBeforeItWrites: one file that cannot be replaced keeps all others as they are.
func TestReplaceRefusesBeforeItWrites(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(t *testing.T, dir string)
		name    string
		says    string
	}{
		"absent":        {nil, "absent.yaml", "no such file"},
		"a folder":      {nil, "folder", "not a regular file"},
		"changed":       {nil, "changed.yaml", "was changed by another program"},
		"twice":         {nil, "a.yaml", "are the same file"},
		"hard link":     {func(t *testing.T, dir string) { link(t, dir, "b.yaml") }, "b.yaml", "has 2 names"},
		"without write": {func(t *testing.T, dir string) { readOnly(t, dir, "b.yaml") }, "b.yaml", "read-only: make"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := lay(t, map[string]string{"a.yaml": "a", "b.yaml": "b", "changed.yaml": "other", "folder/x": ""})
			if c.prepare != nil {
				c.prepare(t, dir)
			}
			before := names(t, dir)
			old := map[string]string{"a.yaml": "a"}[c.name]
			if old == "" {
				old = "b"
			}
			err := Replace([]Change{{filepath.Join(dir, "a.yaml"), "a", "new"}, {filepath.Join(dir, c.name), old, "new"}})
			require.ErrorContains(t, err, c.says)
			require.ErrorContains(t, err, "no file was changed")
			var failed *Error
			require.ErrorAs(t, err, &failed)
			require.Empty(t, failed.Written)
			require.Equal(t, "a", text(t, filepath.Join(dir, "a.yaml")))
			require.Equal(t, before, names(t, dir))
		})
	}
}

func link(t *testing.T, dir, name string) {
	t.Helper()
	require.NoError(t, os.Link(filepath.Join(dir, name), filepath.Join(dir, "second.yaml")))
}

func readOnly(t *testing.T, dir, name string) {
	t.Helper()
	require.NoError(t, os.Chmod(filepath.Join(dir, name), 0o444))
}

// TestAFailureBetweenFilesNamesWhatIsWritten: the first file is the new one, the second the old one, and nothing else
// is left.
func TestAFailureBetweenFilesNamesWhatIsWritten(t *testing.T) {
	dir := lay(t, map[string]string{"a.yaml": "a", "sub/b.yaml": "b", "c.yaml": "c"})
	a, b, c := filepath.Join(dir, "a.yaml"), filepath.Join(dir, "sub", "b.yaml"), filepath.Join(dir, "c.yaml")
	steps, err := prepare([]Change{{a, "a", "new"}, {b, "b", "new"}, {c, "c", "new"}})
	require.NoError(t, err)
	require.NoError(t, stage(steps, nil))
	require.NoError(t, os.RemoveAll(filepath.Dir(b)))
	err = commitAll(steps)
	var failed *Error
	require.ErrorAs(t, err, &failed)
	require.Equal(t, []string{a}, failed.Written)
	require.ErrorContains(t, err, "written before that: "+a)
	require.Equal(t, "new", text(t, a))
	require.Equal(t, "c", text(t, c))
	require.Equal(t, []string{"a.yaml", "c.yaml"}, names(t, dir))
}

// TestAnEditBetweenTheFilesIsKept: another program replaces the second file after all temporary files are written.
func TestAnEditBetweenTheFilesIsKept(t *testing.T) {
	for name, edit := range map[string]func(t *testing.T, path string){
		"text": func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, os.WriteFile(path+".new", []byte("edited"), 0o640))
			require.NoError(t, os.Rename(path+".new", path))
		},
		"mode": func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, os.Chmod(path, 0o600))
		},
		"link": func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, os.Rename(path, path+".moved"))
			require.NoError(t, os.Symlink(path+".moved", path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := lay(t, map[string]string{"a.yaml": "a", "b.yaml": "b"})
			a, b := filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.yaml")
			steps, err := prepare([]Change{{a, "a", "new"}, {b, "b", "new"}})
			require.NoError(t, err)
			require.NoError(t, stage(steps, nil))
			edit(t, b)
			edited := text(t, b)
			err = commitAll(steps)
			require.ErrorContains(t, err, b+" was changed by another program")
			require.ErrorContains(t, err, "written before that: "+a)
			require.Equal(t, edited, text(t, b))
		})
	}
}

// TestASignalBeforeTheFirstRenameLeavesNothing: no file is changed, and no temporary file is left.
func TestASignalBeforeTheFirstRenameLeavesNothing(t *testing.T) {
	dir := lay(t, map[string]string{"a.yaml": "a", "b.yaml": "b"})
	changes := []Change{{filepath.Join(dir, "a.yaml"), "a", "new"}, {filepath.Join(dir, "b.yaml"), "b", "new"}}
	signals := catchSignals()
	defer signal.Stop(signals)
	self, err := os.FindProcess(os.Getpid())
	require.NoError(t, err)
	require.NoError(t, self.Signal(syscall.SIGTERM))
	err = replace(changes, signals)
	require.ErrorContains(t, err, "no file was changed: stopped by a signal: terminated")
	require.Equal(t, []string{"a.yaml", "b.yaml"}, names(t, dir))
	require.Equal(t, "a", text(t, changes[0].Name))
}
