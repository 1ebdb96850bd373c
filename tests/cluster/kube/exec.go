package kube

import (
	"bytes"
	"context"
	"fmt"
	"io"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/tools/remotecommand"
)

// Target is a container to run a command in.
type Target struct{ Namespace, Pod, Container string }

// Exec runs a command like `kubectl exec` and returns its standard output, then its standard error. The error has the
// exit status (k8s.io/client-go/util/exec.CodeExitError).
func (c *Client) Exec(ctx context.Context, target Target, stdin io.Reader, command ...string) (string, error) {
	request := c.CoreV1().RESTClient().Post().Resource("pods").SubResource("exec").
		Namespace(target.Namespace).Name(target.Pod).
		VersionedParams(&corev1.PodExecOptions{
			Container: target.Container, Command: command,
			Stdin: stdin != nil, Stdout: true, Stderr: true,
		}, scheme.ParameterCodec)
	executor, err := remotecommand.NewSPDYExecutor(c.Config, "POST", request.URL())
	if err != nil {
		return "", err
	}
	var stdout, stderr bytes.Buffer
	err = executor.StreamWithContext(ctx, remotecommand.StreamOptions{Stdin: stdin, Stdout: &stdout, Stderr: &stderr})
	output := stdout.String() + stderr.String()
	if err != nil {
		return output, fmt.Errorf("%s/%s: %v: %w: %s", target.Pod, target.Container, command, err, output)
	}
	return output, nil
}
