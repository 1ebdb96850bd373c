package kubeclient

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/util/exec"
	"k8s.io/streaming/pkg/httpstream"

	"github.com/boxp/dindify/fn/verify"
)

// execTimeout is longer than the slowest command of a check, an image pull.
const execTimeout = 5 * time.Minute

// Exec implements verify.Cluster. It uses a websocket, and SPDY if the server or a proxy refuses that, or if the user
// may only create pods/exec.
func (c *Client) Exec(ctx context.Context, command verify.Command) (verify.Output, error) {
	ctx, stop := context.WithTimeout(ctx, execTimeout)
	defer stop()
	at := c.url(command)
	socket, err := remotecommand.NewWebSocketExecutor(c.config, http.MethodGet, at.String())
	if err != nil {
		return verify.Output{}, err
	}
	spdy, err := remotecommand.NewSPDYExecutor(c.config, http.MethodPost, at)
	if err != nil {
		return verify.Output{}, err
	}
	executor, err := remotecommand.NewFallbackExecutor(socket, spdy, func(err error) bool {
		return httpstream.IsUpgradeFailure(err) || httpstream.IsHTTPSProxyError(err)
	})
	if err != nil {
		return verify.Output{}, err
	}
	out, err := stream(ctx, executor, command.Stdin)
	if err != nil {
		return out, fmt.Errorf("exec in pod %s, container %s: %w", command.Pod, command.Container, err)
	}
	return out, nil
}

// stream runs the command until its end or that of the context: SPDY waits for the server's answer without looking at
// the context.
func stream(ctx context.Context, executor remotecommand.Executor, stdin io.Reader) (verify.Output, error) {
	var stdout, stderr bytes.Buffer
	ended := make(chan error, 1)
	go func() {
		ended <- executor.StreamWithContext(ctx, remotecommand.StreamOptions{Stdin: stdin, Stdout: &stdout, Stderr: &stderr})
	}()
	select {
	case <-ctx.Done():
		return verify.Output{}, ctx.Err()
	case err := <-ended:
		if deadline, _ := ctx.Deadline(); err != nil && !time.Now().Before(deadline) {
			return verify.Output{}, context.DeadlineExceeded // a websocket reports the end of its time in its own words
		}
		out := verify.Output{Stdout: stdout.String(), Stderr: stderr.String()}
		out.Status, err = status(err)
		return out, err
	}
}

func (c *Client) url(command verify.Command) *url.URL {
	request := c.rest.Post().Resource("pods").Namespace(command.Namespace).Name(command.Pod).SubResource("exec").
		Param("container", command.Container).Param("stdout", "true").Param("stderr", "true")
	if command.Stdin != nil {
		request = request.Param("stdin", "true")
	}
	for _, word := range command.Args {
		request = request.Param("command", word)
	}
	return request.URL()
}

// noProgram lists the messages of runc and crun, as containerd and CRI-O report them, for a program that the image
// does not have.
var noProgram = []string{
	"executable file not found", "no such file or directory: unknown", "stat /",
	"not found in $PATH",
}

// status returns the exit status of a command. A missing program is 127, as in a shell.
func status(err error) (int, error) {
	var ended exec.CodeExitError
	switch {
	case err == nil:
		return 0, nil
	case errors.As(err, &ended):
		return ended.Code, nil
	case apierrors.IsForbidden(err), apierrors.IsNotFound(err):
		return 0, err
	}
	for _, text := range noProgram {
		if strings.Contains(err.Error(), text) {
			return 127, nil
		}
	}
	return 0, err
}
