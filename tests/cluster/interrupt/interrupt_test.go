// Package interrupt stops a node during its work and checks what is left on the machine.
package interrupt

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/process"
)

// TestNothingIsLeft interrupts the run with Ctrl-C, and like the OOM killer; in the latter case the next run cleans
// up.
func TestNothingIsLeft(t *testing.T) {
	program := filepath.Join(t.TempDir(), "node.test")
	out, err := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", program, "../node").CombinedOutput()
	require.NoErrorf(t, err, "%s", out)
	before := machine(t)
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGKILL} {
		t.Run(signal.String(), func(t *testing.T) {
			run := start(t, program, "TestNodeRunsPods")
			state := fmt.Sprintf("dindify-node-%d-0", run.Process.Pid)
			process.WaitFor(t, "the kubelet runs pods", 10*time.Minute, func() error { return podsIn(state) })
			made := namespacesOf(t, state)
			require.NotEmpty(t, made)
			require.NoError(t, run.Process.Signal(signal))
			require.Error(t, run.Wait())
			process.WaitFor(t, "its processes are gone", time.Minute, func() error { return noProcess(state) })
			process.WaitFor(t, "no process is in its namespaces", time.Minute, func() error { return nobodyIn(made) })
			if signal == syscall.SIGKILL {
				require.NoError(t, start(t, program, "NoSuchTest").Wait(), "the next run")
			}
			require.NoDirExists(t, filepath.Join(os.TempDir(), state))
			require.Empty(t, groups(state))
			require.Equal(t, before, machine(t))
		})
	}
}

// withoutComments removes the times and the counters of chains.
func withoutComments(rules string) string {
	var kept strings.Builder
	for line := range strings.Lines(rules) {
		if rule, _, _ := strings.Cut(line, " ["); !strings.HasPrefix(line, "#") {
			kept.WriteString(strings.TrimSpace(rule) + "\n")
		}
	}
	return kept.String()
}

func start(t *testing.T, program, test string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, "-test.run", test)
	cmd.Dir = "../node"
	require.NoError(t, cmd.Start())
	return cmd
}

func podsIn(state string) error {
	pods, err := filepath.Glob(filepath.Join(os.TempDir(), state, "pods", "pods", "*"))
	if err == nil && len(pods) == 0 {
		return errors.New("none yet")
	}
	return err
}

// noProcess fails while a process of the machine has the run's state folder in its command line.
func noProcess(state string) error {
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		return err
	}
	for _, file := range lines {
		if line, err := os.ReadFile(file); err == nil && strings.Contains(string(line), state+"/") {
			return fmt.Errorf("%s: %s", file, strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return nil
}

// namespacesOf returns the namespaces of the run's processes other than this process's own. A namespace is kept open
// by a process in it, a mount, which machine compares, or an open file of a process of the run.
func namespacesOf(t *testing.T, state string) map[string]bool {
	t.Helper()
	made := map[string]bool{}
	for _, line := range glob(t, "/proc/[0-9]*/cmdline") {
		if text, err := os.ReadFile(line); err != nil || !strings.Contains(string(text), state+"/") {
			continue
		}
		for _, link := range glob(t, filepath.Join(filepath.Dir(line), "ns", "*")) {
			own, err := os.Readlink(filepath.Join("/proc/self/ns", filepath.Base(link)))
			require.NoError(t, err)
			if namespace, err := os.Readlink(link); err == nil && namespace != own {
				made[namespace] = true
			}
		}
	}
	return made
}

// nobodyIn fails while a process of the machine is in one of the namespaces.
func nobodyIn(made map[string]bool) error {
	links, err := filepath.Glob("/proc/[0-9]*/ns/*")
	if err != nil {
		return err
	}
	for _, link := range links {
		if namespace, err := os.Readlink(link); err == nil && made[namespace] {
			return fmt.Errorf("%s is %s", link, namespace)
		}
	}
	return nil
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	require.NoError(t, err)
	return found
}

func groups(state string) []string {
	var all []string
	for _, pattern := range []string{"*", "*/*"} {
		found, _ := filepath.Glob(filepath.Join("/sys/fs/cgroup", pattern, state))
		all = append(all, found...)
	}
	return all
}

// machine returns what a node could leave outside of its namespaces: mounts, interfaces, firewall rules, and delegated
// controllers.
func machine(t *testing.T) map[string]string {
	t.Helper()
	seen := map[string]string{}
	mounts, err := os.ReadFile("/proc/self/mounts")
	require.NoError(t, err)
	seen["mounts"] = string(mounts)
	interfaces, err := net.Interfaces()
	require.NoError(t, err)
	for _, i := range interfaces {
		seen["interfaces"] += i.Name + " "
	}
	for _, program := range []string{"iptables-save", "iptables-legacy-save"} {
		rules, err := exec.CommandContext(t.Context(), program).Output()
		require.NoError(t, err, program)
		seen[program] = withoutComments(string(rules))
	}
	for _, root := range []string{"/sys/fs/cgroup", "/sys/fs/cgroup/unified"} {
		if control, err := os.ReadFile(filepath.Join(root, "cgroup.subtree_control")); err == nil {
			seen[root] = string(control)
		}
	}
	return seen
}
