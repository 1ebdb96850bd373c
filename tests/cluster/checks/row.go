package checks

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// Finding is one cell of the table: the observation, and whether it is as expected.
type Finding struct {
	Good bool
	Text string
}

func good(format string, values ...any) Finding { return Finding{true, fmt.Sprintf(format, values...)} }

func bad(format string, values ...any) Finding { return Finding{false, fmt.Sprintf(format, values...)} }

// Row is a line of the table.
type Row struct {
	ID    string
	Title string
	Look  func(testing.TB, *Workload) Finding
}

// Rows are checked in this order: those that disturb the pod come last. The rows of kubectl-dindify are what users can
// check in their own pods; the others write, kill and roll out, which it never does.
func Rows() []Row {
	return []Row{
		{"client", "the client, and its daemon", verified("client-daemon")},
		{"engine", "Docker in the daemon's image", verified("engine")},
		{"start", "from the daemon's start to the app's", verified("start-gap")},
		{"reach-api", "ports 2375 and 2376 from the API server", verified("port-closed")},
		{"listens", "what listens in the pod", verified("port-listen")},
		{"reach-node", "port 2375 from the node", reachFromNode},
		{"reach-pod", "port 2375 from another pod", reachFromPod},
		{"reach-nested", "port 2375 from a nested container", verified("nested-port")},
		{"socket-path", "the socket file that the app looks for", verified("socket-file")},
		{"data", "the daemon's data", verified("data")},
		{"mirror", "volumes in the client and in the daemon", verified("mirror")},
		{"mount-read", "a nested container that bind-mounts the workspace", verified("nested-mount")},
		{"mount-write", "what a nested container writes there", nestedWritesWorkspace},
		{"owner", "its owner on the node's disk", ownership},
		{"build", "`docker build` with a step that runs", nestedBuild},
		{"compose", "a network of Compose: one service", composeNetwork},
		{"publish", "a published port", publishedPort},
		{"gateway", "a nested container by `host-gateway`", hostGateway},
		{"outside", "a nested container to another pod", reachOutside},
		{"nested-socket", "a nested container that mounts `/var/run/docker.sock` (Ryuk)", nestedSocket},
		{"nested-privileged", "a nested container with `--privileged`", nestedPrivileged},
		{"memory", "the daemon's memory limit holds nested containers", memoryLimit},
		{"cleanup-frees", "clean-up job: an image that nothing uses", cleanupFreesImage},
		{"cleanup-keeps", "clean-up job: a stopped container", cleanupKeepsContainer},
		{"cleanup-fails", "clean-up job when its target is gone", cleanupFailsWithoutTarget},
		{"restart", "the daemon is killed twice: the client afterwards", daemonKilled},
		{"user", "an app that runs as uid 1000", verified("canary-user")},
		{"user-1234", "an app that runs as uid 1234", appAs(1234)},
		{"job", "the same pod as a Job, its app ends", verified("canary-job")},
		{"delete", "the pod is deleted", verified("canary-delete")},
		{"leftovers", "on the node once the pod is gone", leftBehind},
	}
}

// Look checks every row. A failed step is a finding too, and the column continues.
func Look(t testing.TB, w *Workload, rows []Row, report func(Row, Finding)) {
	t.Helper()
	for _, row := range chosen(rows) {
		begin := time.Now()
		finding := attempt(t, func(t testing.TB) Finding { return row.Look(t, w) })
		t.Logf("%5.1f s  %s: %+v", time.Since(begin).Seconds(), row.Title, finding)
		report(row, finding)
	}
}

// chosen returns the rows whose ids DINDIFY_ROWS names, separated by commas, or all if it is empty.
func chosen(rows []Row) []Row {
	ids := os.Getenv("DINDIFY_ROWS")
	if ids == "" {
		return rows
	}
	return slices.DeleteFunc(rows, func(row Row) bool { return !slices.Contains(strings.Split(ids, ","), row.ID) })
}
