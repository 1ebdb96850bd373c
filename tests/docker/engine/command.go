package engine

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/stretchr/testify/require"
)

// debianDocker is Debian's own client: it includes the BuildKit client for `docker build`; a newer client that is
// first on the PATH needs a plugin for it.
const debianDocker = "/usr/bin/docker"

// Env returns the environment in which any Docker client uses this engine.
func (e *Engine) Env() []string {
	return append(os.Environ(), "DOCKER_HOST=unix://"+e.socket, "DOCKER_BUILDKIT=1", "DOCKER_CONTEXT=")
}

// Command returns `docker ARGS` for this engine, not started yet.
func (e *Engine) Command(args ...string) *exec.Cmd {
	cmd := exec.Command(debianDocker, args...)
	cmd.Env = e.Env()
	return cmd
}

// Docker runs `docker ARGS` with stdin (nil: none) and returns its standard output. If it fails, the test fails with
// all of Docker's output.
func (e *Engine) Docker(stdin io.Reader, args ...string) string {
	e.t.Helper()
	cmd := e.Command(args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, &stdout, &stderr
	err := cmd.Run()
	require.NoError(e.t, err, "docker %s:\n%s", strings.Join(args, " "), tail(stderr.String()))
	return stdout.String()
}

// tail returns the end of a long log, where the error is.
func tail(log string) string {
	const most = 8000
	if len(log) > most {
		return "…" + log[len(log)-most:]
	}
	return log
}
