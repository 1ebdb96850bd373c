// Package sandbox runs a package's tests in Linux namespaces of their own: processes, mounts,
// network and host name. A node inside can have a bridge, firewall rules, mounts, netns and a
// /run/docker.sock without touching the machine's, and when its first process ends (tests
// done, failed, timed out, Ctrl-C, kill -9) the kernel takes all of it away.
package sandbox

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

// NodeName is the host name inside: the one that the manifests of the seed are pinned to.
const NodeName = "golyat-1"

const (
	foldersVariable = "DINDIFY_SANDBOX_PATH" // goes before PATH inside
	roleVariable    = "DINDIFY_SANDBOX_ROLE"
	roleInit        = "init"  // process 1 of the namespaces
	roleTests       = "tests" // its child: the tests proper
	interrupted     = 130
)

// Main is the body of TestMain: os.Exit(sandbox.Main(m, node.Prepare)). Prepare runs outside,
// where the Internet is; the tests run inside, where it is not. It needs root.
func Main(m *testing.M, prepare func(context.Context) error) int {
	return MainInParallel(m, 1, prepare, func() error { return nil })
}

// MainInParallel is Main with several sandboxes side by side. Each runs the tests that it claims: see Claim. The last
// function runs outside, once all have ended.
func MainInParallel(m *testing.M, sandboxes int, prepare func(context.Context) error, finish func() error) int {
	switch os.Getenv(roleVariable) {
	case roleTests:
		return m.Run()
	case roleInit:
		return runInit()
	}
	code := runOutside(sandboxes, prepare)
	if err := finish(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return max(code, 1)
	}
	return code
}

func runOutside(sandboxes int, prepare func(context.Context) error) int {
	if os.Getuid() != 0 {
		return unable("a node needs root: sudo make e2e-cluster")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := prepare(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "prepare the node:", err)
		return 1
	}
	removeLeftovers()
	defer removeStates(os.Getpid())
	all := make([]*exec.Cmd, sandboxes)
	for number := range all {
		var err error
		if all[number], err = inNamespaces(ctx, number); err != nil {
			fmt.Fprintln(os.Stderr, "a sandbox:", err)
			return 1
		}
	}
	return runAll(ctx, all)
}

// inNamespaces is this program again, as process 1. Killing that one ends everything inside.
func inNamespaces(ctx context.Context, number int) (*exec.Cmd, error) {
	state := stateOf(os.Getpid(), number)
	if err := os.MkdirAll(state, 0o755); err != nil {
		return nil, err
	}
	folders, err := binaries.Selected().Folders(ctx)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "/proc/self/exe", os.Args[1:]...)
	cmd.Env = append(os.Environ(), roleVariable+"="+roleInit, stateVariable+"="+state,
		claimsVariable+"="+stateOf(os.Getpid(), 0), foldersVariable+"="+strings.Join(folders, ":"))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNS | syscall.CLONE_NEWNET | syscall.CLONE_NEWUTS,
		Pdeathsig:  syscall.SIGKILL,
	}
	if binaries.Selected().CgroupV2 {
		group, err := delegate(state) // open until this process ends
		if err != nil {
			return nil, err
		}
		cmd.SysProcAttr.UseCgroupFD, cmd.SysProcAttr.CgroupFD = true, int(group.Fd())
		// After the fork, so that the group is the root of what the child sees.
		cmd.SysProcAttr.Unshareflags = syscall.CLONE_NEWCGROUP
	}
	return cmd, nil
}

// unable is a skip in words; under CI=true it is a failure.
func unable(reason string) int {
	fmt.Fprintln(os.Stderr, "SKIP:", reason)
	if os.Getenv("CI") == "true" {
		return 1
	}
	return 0
}
