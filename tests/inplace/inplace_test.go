// Package inplace tests what convert -i and revert -i do to files, with the real program, real signals and a full file
// system.
package inplace

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var dindify string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "dindify")
	if err == nil {
		dindify = filepath.Join(dir, "dindify")
		var out []byte
		if out, err = exec.Command("go", "build", "-C", "../..", "-o", dindify, "./fn/dindify").CombinedOutput(); err != nil {
			err = fmt.Errorf("%w\n%s", err, out)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(status)
}

// agent returns a Docker client, surrounded by enough text for the wanted file size.
func agent(name string, ballast int) string {
	return fmt.Sprintf(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: %s
spec:
  selector: {matchLabels: {app: %[1]s}}
  template:
    metadata: {labels: {app: %[1]s}}
    spec:
      containers:
      - name: agent
        image: buildkite/agent:3
        volumeMounts:
        - {name: sock, mountPath: /var/run/docker.sock}
      volumes:
      - {name: sock, hostPath: {path: /var/run/docker.sock}}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ballast-of-%[1]s
data:
  text: %q
`, name, strings.Repeat("x", ballast))
}

func write(t *testing.T, path, text string) string {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// convert runs convert -i and returns its messages.
func convert(args ...string) (string, error) {
	out, err := exec.Command(dindify, append([]string{"convert", "-i"}, args...)...).CombinedOutput()
	return string(out), err
}

// names lists a folder, including hidden files.
func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

// TestKilledAtAnyMoment kills the program when the first temporary file exists, when the first file has changed, and
// at moments in between.
func TestKilledAtAnyMoment(t *testing.T) {
	const files = 40
	before, after := map[string]string{}, map[string]string{}
	for i := range files {
		before[fmt.Sprintf("agent-%02d.yaml", i)] = agent(fmt.Sprintf("agent-%d", i), 100_000)
	}
	lay := func() string {
		dir := t.TempDir()
		for name, text := range before {
			write(t, filepath.Join(dir, name), text)
		}
		return dir
	}
	whole := lay()
	said, err := convert(whole)
	require.NoError(t, err, said)
	for name := range before {
		after[name] = read(t, filepath.Join(whole, name))
		require.NotEqual(t, before[name], after[name])
	}
	moments := map[string]func(dir string) bool{
		"first temporary file": func(dir string) bool { all, _ := os.ReadDir(dir); return len(all) > files },
		"first changed file":   func(dir string) bool { return changed(dir, before) > 0 },
		"tenth changed file":   func(dir string) bool { return changed(dir, before) > 9 },
	}
	for delay := range 8 {
		began := time.Now()
		moments[fmt.Sprintf("%d ms", delay*8)] = func(string) bool {
			if time.Since(began) > time.Minute {
				began = time.Now()
			}
			return time.Since(began) > time.Duration(delay*8)*time.Millisecond
		}
	}
	for moment, has := range moments {
		t.Run(moment, func(t *testing.T) {
			dir := lay()
			cmd := exec.Command(dindify, "convert", "-i", dir)
			require.NoError(t, cmd.Start())
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			for running := true; running && !has(dir); {
				select {
				case err := <-ended:
					ended <- err
					running = false
				default:
				}
			}
			_ = cmd.Process.Signal(syscall.SIGKILL)
			<-ended
			for name := range before {
				require.Contains(t, []string{before[name], after[name]}, read(t, filepath.Join(dir, name)), "neither the old "+
					"nor the new %s", name)
			}
			said, err := convert(dir) // files of the killed run do not interfere
			require.NoError(t, err, said)
			for name := range before {
				require.Equal(t, after[name], read(t, filepath.Join(dir, name)))
			}
		})
	}
}

func changed(dir string, before map[string]string) (n int) {
	for name, text := range before {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Size() != int64(len(text)) {
			n++
		}
	}
	return n
}

// TestFullDisk: the temporary files do not fit, so no file changes, and all of them are removed.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	tmpfs(t, dir, "size=64k")
	texts := map[string]string{}
	for i := range 3 {
		name := fmt.Sprintf("agent-%d.yaml", i)
		texts[name] = agent(fmt.Sprintf("agent-%d", i), 8_000)
		write(t, filepath.Join(dir, name), texts[name])
	}
	said, err := convert(dir)
	require.Error(t, err)
	require.Contains(t, said, "no file was changed")
	require.Contains(t, said, "no space left on device")
	require.Len(t, names(t, dir), len(texts))
	for name, text := range texts {
		require.Equal(t, text, read(t, filepath.Join(dir, name)))
	}
}

func tmpfs(t *testing.T, dir, options string) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		if os.Getenv("CI") == "" {
			t.Skipf("NOT TESTED: a full disk needs root, who may mount a tmpfs (%v): sudo go test ./tests/inplace", err)
		}
		require.NoError(t, err, "CI runs this test as root")
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, 0) })
}

// TestOneOfThreeIsReadOnly: dindify notices this before it writes, so no file changes.
func TestOneOfThreeIsReadOnly(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b", "c"} {
		write(t, filepath.Join(dir, name+".yaml"), agent(name, 0))
	}
	require.NoError(t, os.Chmod(filepath.Join(dir, "b.yaml"), 0o444))
	said, err := convert(dir)
	require.Error(t, err)
	require.Contains(t, said, "no file was changed")
	require.Contains(t, said, "b.yaml is read-only")
	require.NotContains(t, said, "has a Docker daemon of its own")
	for _, name := range []string{"a", "b", "c"} {
		require.Equal(t, agent(name, 0), read(t, filepath.Join(dir, name+".yaml")))
	}
}

// TestSaysWhatWasWritten makes the second of three renames fail: a file that is a mount point cannot be replaced.
func TestSaysWhatWasWritten(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b", "c"} {
		write(t, filepath.Join(dir, name+".yaml"), agent(name, 0))
	}
	mounted := filepath.Join(dir, "b.yaml")
	if err := syscall.Mount(mounted, mounted, "", syscall.MS_BIND, ""); err != nil {
		if os.Getenv("CI") == "" {
			t.Skipf("NOT TESTED: a rename that fails needs root, who may bind-mount a file (%v): sudo go test ./tests/inplace",
				err)
		}
		require.NoError(t, err, "CI runs this test as root")
	}
	t.Cleanup(func() { _ = syscall.Unmount(mounted, 0) })
	said, err := convert(dir)
	require.Error(t, err)
	require.Contains(t, said, "written before that: "+filepath.Join(dir, "a.yaml"))
	require.Contains(t, said, "b.yaml")
	require.NotEqual(t, agent("a", 0), read(t, filepath.Join(dir, "a.yaml")))
	for _, name := range []string{"b", "c"} {
		require.Equal(t, agent(name, 0), read(t, filepath.Join(dir, name+".yaml")))
	}
	require.Len(t, names(t, dir), 3)
}

func TestKeepsModeAndOwner(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "agent.yaml"), agent("agent", 0))
	require.NoError(t, os.Chmod(path, 0o640))
	uid, gid := os.Getuid(), os.Getgid()
	if uid == 0 {
		uid, gid = 12345, 23456
		require.NoError(t, os.Chown(path, uid, gid))
	}
	said, err := convert(path)
	require.NoError(t, err, said)
	require.Contains(t, read(t, path), "dind-daemon")
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o640), info.Mode())
	require.Equal(t, []int{uid, gid}, []int{int(info.Sys().(*syscall.Stat_t).Uid), int(info.Sys().(*syscall.Stat_t).Gid)})
}

// TestHardLinkIsRefused: a rename would separate the two names.
func TestHardLinkIsRefused(t *testing.T) {
	dir := t.TempDir()
	path := write(t, filepath.Join(dir, "agent.yaml"), agent("agent", 0))
	require.NoError(t, os.Link(path, filepath.Join(dir, "other-name")))
	said, err := convert(path)
	require.Error(t, err)
	require.Contains(t, said, "hard links")
	require.Equal(t, agent("agent", 0), read(t, path))
}

// TestSymbolicLinks: the target of a link is replaced, the link stays; a file with two names in a folder is read once;
// a folder may be given as a link. A link that leads out of its folder must be an argument.
func TestSymbolicLinks(t *testing.T) {
	dir := t.TempDir()
	outside := write(t, filepath.Join(dir, "elsewhere", "outside.yaml"), agent("outside", 0))
	inside := write(t, filepath.Join(dir, "app", "inside.yaml"), agent("inside", 0))
	for link, target := range map[string]string{
		"app/linked.yaml": outside, "app/again.yaml": inside,
		"link": filepath.Join(dir, "app"),
	} {
		require.NoError(t, os.Symlink(target, filepath.Join(dir, link)))
	}
	said, err := convert(filepath.Join(dir, "link"))
	require.Error(t, err)
	require.Contains(t, said, "linked.yaml: a symbolic link out of the folder")
	require.Equal(t, agent("outside", 0), read(t, outside))
	require.Equal(t, agent("inside", 0), read(t, inside))
	said, err = convert(filepath.Join(dir, "link"), filepath.Join(dir, "app", "linked.yaml"))
	require.NoError(t, err, said)
	for _, path := range []string{outside, inside} {
		require.Equal(t, 1, strings.Count(read(t, path), "- name: dind-daemon\n"), path)
	}
	for _, link := range []string{"app/linked.yaml", "app/again.yaml", "link"} {
		info, err := os.Lstat(filepath.Join(dir, link))
		require.NoError(t, err)
		require.NotZero(t, info.Mode()&os.ModeSymlink, link)
	}
	write(t, inside, agent("inside", 0))
	said, err = convert(inside, filepath.Join(dir, "app", "again.yaml"))
	require.NoError(t, err, said)
	require.Equal(t, 1, strings.Count(read(t, inside), "- name: dind-daemon\n"), "a file that is named twice is read once")
}

// TestOwnConfigurationStays: init writes it to the folder that is converted next.
func TestOwnConfigurationStays(t *testing.T) {
	for _, kustomization := range []string{"", "resources: [agent.yaml]\n"} {
		dir := t.TempDir()
		path := write(t, filepath.Join(dir, "agent.yaml"), agent("agent", 0))
		config := filepath.Join(dir, "dindify", "dindify.yaml")
		if kustomization != "" {
			write(t, filepath.Join(dir, "kustomization.yaml"), kustomization)
		}
		out, err := exec.Command(dindify, "init", dir).CombinedOutput()
		require.NoError(t, err, "%s", out)
		text := read(t, config)

		said, err := convert(dir)
		require.NoError(t, err, said)
		require.Contains(t, said, "dindify: configuration: "+config)
		require.Equal(t, text, read(t, config))
		said, err = convert("--config", config, dir)
		require.NoError(t, err, said)
		require.Equal(t, text, read(t, config))
		out, err = exec.Command(dindify, "revert", "-i", dir).CombinedOutput()
		require.NoError(t, err, "%s", out)
		require.Equal(t, text, read(t, config))
		require.Equal(t, agent("agent", 0), read(t, path))
	}
}
