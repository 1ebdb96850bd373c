package checks

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/kube"
)

const answers = "answers: 200 OK"

// ask runs the probe as a nested container, with additional arguments for docker run.
func (w *Workload) ask(t testing.TB, url string, dockerRun ...string) string {
	t.Helper()
	w.loadImage(t, runtimeImage)
	command := append([]string{"docker", "run", "--rm"}, dockerRun...)
	out, err := w.inApp(t, nil, append(command, runtimeImage, "probe", "wait", url)...)
	require.NoError(t, err)
	return strings.TrimSpace(out)
}

// nestedBuild builds an image from one that only this daemon has, with a step that runs a command.
func nestedBuild(t testing.TB, w *Workload) Finding {
	w.loadImage(t, runtimeImage)
	script := fmt.Sprintf(`set -e
mkdir -p /tmp/build && cd /tmp/build
printf 'FROM %s\nRUN echo built >/tmp/built\n' >Dockerfile
docker build --tag built:1 . >log 2>&1 || { tail -n 3 log; exit 1; }
docker run --rm built:1 cat /tmp/built`, runtimeImage)
	out, err := w.inApp(t, nil, "sh", "-c", script)
	if err != nil {
		return bad("`%s`", summary(out))
	}
	return good("%s", strings.TrimSpace(out))
}

const composeFile = `
services:
  server: {image: "%[1]s", command: [probe, serve, "8080"]}
  client: {image: "%[1]s", command: [probe, wait, "http://server:8080/"], depends_on: [server]}
`

// composeNetwork checks that one service finds the other by its name in a separate network.
func composeNetwork(t testing.TB, w *Workload) Finding {
	w.loadImage(t, runtimeImage)
	if _, err := w.inApp(t, nil, "docker", "compose", "version"); err != nil {
		return networkByHand(t, w)
	}
	_, err := w.inApp(t, strings.NewReader(fmt.Sprintf(composeFile, runtimeImage)), "sh", "-c", "cat >/tmp/compose.yaml")
	require.NoError(t, err)
	defer w.inApp(t, nil, "docker", "compose", "--file", "/tmp/compose.yaml", "down", "--timeout", "1")
	const run = "docker compose --file /tmp/compose.yaml run --rm --no-TTY client 2>/tmp/compose.log || cat " +
		"/tmp/compose.log"
	out, err := w.inApp(t, nil, "sh", "-c", run)
	require.NoError(t, err)
	if !strings.Contains(out, answers) {
		return bad("`%s`", summary(out))
	}
	return good("finds the other by its name")
}

func networkByHand(t testing.TB, w *Workload) Finding {
	w.loadImage(t, runtimeImage)
	_, err := w.inApp(t, nil, "sh", "-c", "docker network create own && docker run --detach --name server "+
		"--network own "+runtimeImage+" probe serve 8080")
	require.NoError(t, err)
	defer w.inApp(t, nil, "sh", "-c", "docker rm --force server; docker network rm own")
	if out := w.ask(t, "http://server:8080/", "--network", "own"); out != answers {
		return bad("`%s`", summary(out))
	}
	return good("finds the other by its name (no Compose there: `docker network create`)")
}

// publishedPort connects to a nested container's port from the app, on the pod's loopback, and from the node.
func publishedPort(t testing.TB, w *Workload) Finding {
	w.loadImage(t, runtimeImage)
	const port = "18080"
	_, err := w.inApp(t, nil, "docker", "run", "--detach", "--name", "published", "--publish", port+":8080", runtimeImage,
		"probe", "serve", "8080")
	require.NoError(t, err)
	defer w.inApp(t, nil, "docker", "rm", "--force", "published")
	out, err := w.inApp(t, nil, "probe", "wait", "http://127.0.0.1:"+port)
	require.NoError(t, err)
	if !strings.Contains(out, answers) {
		return bad("`%s`", summary(out))
	}
	client := http.Client{Timeout: probeTimeout}
	answer, err := client.Get("http://" + w.pod.Status.PodIP + ":" + port)
	if err != nil {
		return bad("answers the app, and not the node: `%s`", summary(err.Error()))
	}
	answer.Body.Close()
	return good("answers the app, and the node at the pod's address")
}

// hostGateway checks that a nested container can call the app, as agents do.
func hostGateway(t testing.TB, w *Workload) Finding {
	const port = "18081"
	_, err := w.inApp(t, nil, "sh", "-c", "probe serve "+port+" >/dev/null 2>&1 &")
	require.NoError(t, err)
	out := w.ask(t, "http://host.docker.internal:"+port, "--add-host", "host.docker.internal:host-gateway")
	if out != answers {
		return bad("`%s`", summary(out))
	}
	return good("reaches the app")
}

// reachOutside checks that a nested container can call another pod, which needs the daemon's address translation.
func reachOutside(t testing.TB, w *Workload) Finding {
	const port = "18082"
	pod := w.neighbour(t)
	target := kube.Target{Namespace: pod.Namespace, Pod: pod.Name, Container: "app"}
	_, err := w.Exec(t.Context(), target, nil, "sh", "-c", "probe serve "+port+" >/dev/null 2>&1 &")
	require.NoError(t, err)
	if out := w.ask(t, "http://"+pod.Status.PodIP+":"+port); out != answers {
		return bad("`%s`", summary(out))
	}
	return good("reaches it")
}

// nestedSocket mounts the daemon's socket in a nested container, like Testcontainers' Ryuk and act's runners.
func nestedSocket(t testing.TB, w *Workload) Finding {
	const socket = "/var/run/docker.sock"
	out := w.ask(t, "unix://"+socket, "--volume", socket+":"+socket)
	if out != answers {
		return bad("`%s`", summary(out))
	}
	return good("reaches the daemon")
}

func nestedPrivileged(t testing.TB, w *Workload) Finding {
	w.loadImage(t, runtimeImage)
	out, err := w.inApp(t, nil, "docker", "run", "--rm", "--privileged", runtimeImage, "true")
	if err != nil {
		return bad("`%s`", summary(out))
	}
	return good("runs")
}
