// Package engine runs a Docker engine for tests: the real dockerd, with a separate data root, socket and containerd
// namespace, and without a network, so that it does not interfere with other engines, bridges and iptables of the
// machine. Containers therefore run with `--network none` or `--network host`.
package engine

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/docker/debian"
)

// Engine is a running dockerd.
type Engine struct {
	t      testing.TB
	socket string
}

// Start installs Docker from Debian if it is missing, starts the daemon, and stops it when the test ends. The data
// root is in the user's cache directory, so images and build layers are kept for the next run; a second test that
// needs the engine at the same time waits for the first.
func Start(t testing.TB) *Engine {
	t.Helper()
	debian.Need(t, os.Geteuid() == 0, "a Docker engine of our own takes root")
	debian.Install(t, map[string]string{"dockerd": "docker.io", debianDocker: "docker.io"})

	data := filepath.Join(Cache(t), "docker")
	lock(t, data+".lock")
	run, err := os.MkdirTemp("", "dindify-docker-") // not t.TempDir: a long test name makes the socket's path too long
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(run)) })

	e := &Engine{t: t, socket: filepath.Join(run, "docker.sock")}
	e.serve(run, data)
	return e
}

// Cache returns the directory for slow builds of the end-to-end tests.
func Cache(t testing.TB) string {
	t.Helper()
	base, err := os.UserCacheDir()
	require.NoError(t, err)
	dir := filepath.Join(base, "dindify-e2e")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	return dir
}

// serve starts dockerd and waits until it answers.
func (e *Engine) serve(run, data string) {
	e.t.Helper()
	log, err := os.Create(data + ".log")
	require.NoError(e.t, err)
	e.t.Cleanup(func() { log.Close() })

	daemon := exec.Command("dockerd", "--host=unix://"+e.socket, "--data-root="+data,
		"--exec-root="+filepath.Join(run, "exec"), "--pidfile="+filepath.Join(run, "pid"),
		"--bridge=none", "--iptables=false", "--ip-forward=false", "--ip-masq=false",
		"--containerd-namespace=dindify-e2e", "--containerd-plugins-namespace=dindify-e2e-plugins")
	daemon.Stdout, daemon.Stderr = log, log
	// A test that dies without its clean-up ends the daemon too.
	daemon.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	require.NoError(e.t, daemon.Start())
	exited := make(chan error, 1)
	go func() { exited <- daemon.Wait() }()
	e.t.Cleanup(func() { stop(daemon, exited) })

	require.Eventually(e.t, func() bool { return e.Command("info").Run() == nil }, 2*time.Minute, 200*time.Millisecond,
		"dockerd does not answer; see %s", log.Name())
}

// stop asks the daemon to stop its containers and itself, and kills it if it does not.
func stop(daemon *exec.Cmd, exited <-chan error) {
	_ = daemon.Process.Signal(syscall.SIGTERM)
	select {
	case <-exited:
	case <-time.After(time.Minute):
		_ = daemon.Process.Kill()
		<-exited
	}
}

// lock locks the file until the test ends; the kernel releases it when the process dies.
func lock(t testing.TB, path string) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	require.NoError(t, err)
	t.Cleanup(func() { file.Close() })
	require.NoError(t, syscall.Flock(int(file.Fd()), syscall.LOCK_EX))
}
