package checks

import (
	"fmt"
	"testing"
)

// Finding is one cell of the table: what was seen, and whether that is as it should be.
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

// Rows are looked at in this order: what disturbs the pod comes last.
func Rows() []Row {
	return []Row{
		{"reach-node", "port 2375 from the node", reachFromNode},
		{"reach-pod", "port 2375 from another pod", reachFromPod},
		{"reach-nested", "port 2375 from a nested container", reachFromNested},
		{"mount-read", "a nested container that bind-mounts the workspace", nestedReadsWorkspace},
		{"mount-write", "what a nested container writes there", nestedWritesWorkspace},
		{"start", "from the daemon's start to the app's", startGap},
		{"socket-path", "an app that stats `/var/run/docker.sock`", socketPath},
		{"data", "`/var/lib/docker` in the daemon", dataVolume},
		{"cleanup-frees", "clean-up job: an image that nothing uses", cleanupFreesImage},
		{"cleanup-keeps", "clean-up job: a stopped container", cleanupKeepsContainer},
		{"cleanup-fails", "clean-up job when its target is gone", cleanupFailsWithoutTarget},
		{"restart", "the daemon is killed: the client afterwards", daemonKilled},
		{"user", "an app that runs as uid 1000", appAsUser},
		{"job", "the same pod as a Job, its app ends", jobCompletes},
		{"delete", "the pod is deleted", podDeleted},
	}
}
