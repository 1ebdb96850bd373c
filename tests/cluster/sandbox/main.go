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
	switch os.Getenv(roleVariable) {
	case roleTests:
		return m.Run()
	case roleInit:
		return runInit()
	default:
		return runOutside(prepare)
	}
}

func runOutside(prepare func(context.Context) error) int {
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
	if err := os.MkdirAll(stateOf(os.Getpid()), 0o755); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer removeState(os.Getpid())
	return runInNamespaces(ctx)
}

// runInNamespaces starts this program again as process 1. Killing that one ends everything inside.
func runInNamespaces(ctx context.Context) int {
	cmd := exec.CommandContext(ctx, "/proc/self/exe", os.Args[1:]...)
	folders, err := binaries.Selected().Folders(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	cmd.Env = append(os.Environ(), roleVariable+"="+roleInit, stateVariable+"="+stateOf(os.Getpid()),
		foldersVariable+"="+strings.Join(folders, ":"))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNS | syscall.CLONE_NEWNET | syscall.CLONE_NEWUTS,
		Pdeathsig:  syscall.SIGKILL,
	}
	if binaries.Selected().CgroupV2 {
		group, err := delegate(stateOf(os.Getpid()))
		if err != nil {
			fmt.Fprintln(os.Stderr, "a cgroup for the sandbox:", err)
			return 1
		}
		defer group.Close()
		cmd.SysProcAttr.UseCgroupFD, cmd.SysProcAttr.CgroupFD = true, int(group.Fd())
		// After the fork, so that the group is the root of what the child sees.
		cmd.SysProcAttr.Unshareflags = syscall.CLONE_NEWCGROUP
	}
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		return interrupted
	case cmd.ProcessState == nil:
		fmt.Fprintln(os.Stderr, "enter the sandbox:", err)
		return 1
	default:
		return cmd.ProcessState.ExitCode()
	}
}

// unable is a skip in words; under CI=true it is a failure.
func unable(reason string) int {
	fmt.Fprintln(os.Stderr, "SKIP:", reason)
	if os.Getenv("CI") == "true" {
		return 1
	}
	return 0
}
