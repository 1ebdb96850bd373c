// Package sandbox runs a package's tests in separate Linux namespaces: processes, mounts, network and host name. A
// node inside can have a bridge, firewall rules, mounts, netns and a /run/docker.sock without affecting the machine's.
// When its first process ends (tests done, failed, timed out, Ctrl-C, kill -9) the kernel removes all of it.
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

// NodeName is the host name inside: the one to which the seed's manifests are pinned.
const NodeName = "golyat-1"

const (
	foldersVariable = "DINDIFY_SANDBOX_PATH" // prepended to PATH inside
	roleVariable    = "DINDIFY_SANDBOX_ROLE"
	roleInit        = "init"  // process 1 of the namespaces
	roleTests       = "tests" // its child: the tests proper
	interrupted     = 130
)

// Main is the body of TestMain: os.Exit(sandbox.Main(m, node.Prepare)). Prepare runs outside, with Internet access;
// the tests run inside, without. It needs root.
func Main(m *testing.M, prepare func(context.Context) error) int {
	return MainInParallel(m, 1, prepare, func() error { return nil })
}

// MainInParallel is Main with several sandboxes in parallel. Each runs the tests that it claims: see Claim. The last
// function runs outside, after all have ended.
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

// inNamespaces returns a command for this program as process 1. Killing that process ends everything inside.
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
		// After the fork, so that the group is the root in the child's view.
		cmd.SysProcAttr.Unshareflags = syscall.CLONE_NEWCGROUP
	}
	return cmd, nil
}

// unable skips with a message; if CI=true it fails.
func unable(reason string) int {
	fmt.Fprintln(os.Stderr, "SKIP:", reason)
	if os.Getenv("CI") == "true" {
		return 1
	}
	return 0
}
