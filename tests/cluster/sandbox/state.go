package sandbox

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

const (
	stateVariable = "DINDIFY_SANDBOX_STATE"
	statePrefix   = "dindify-node-"
)

// StateDir returns the folder of this run, on a real file system; it is removed afterwards.
func StateDir() string { return os.Getenv(stateVariable) }

// CgroupParent returns the control group of this run's containers, relative to each hierarchy; it is removed
// afterwards.
func CgroupParent() string {
	if binaries.Selected().CgroupV2 {
		return "/containers" // of the sandbox's own hierarchy
	}
	return "/" + filepath.Base(StateDir())
}

// stateOf returns the folder of one of the sandboxes that a process starts.
func stateOf(pid, number int) string {
	return filepath.Join(os.TempDir(), fmt.Sprintf("%s%d-%d", statePrefix, pid, number))
}

// statesOf returns the folders of the sandboxes that a process has started.
func statesOf(pid int) []string {
	states, _ := filepath.Glob(filepath.Join(os.TempDir(), fmt.Sprintf("%s%d-*", statePrefix, pid)))
	return states
}

func removeStates(pid int) {
	for _, state := range statesOf(pid) {
		removeCgroups(filepath.Base(state))
		undelegate(state)
		if err := os.RemoveAll(state); err != nil {
			fmt.Fprintln(os.Stderr, "left behind:", err)
		}
	}
}

// removeLeftovers cleans up after killed runs that could not do it themselves.
func removeLeftovers() {
	states, _ := filepath.Glob(filepath.Join(os.TempDir(), statePrefix+"*"))
	for _, state := range states {
		owner, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(state), statePrefix), "-")
		pid, err := strconv.Atoi(owner)
		if _, alive := os.Stat(fmt.Sprintf("/proc/%d", pid)); err == nil && alive != nil {
			removeStates(pid)
		}
	}
}

// removeCgroups deletes the group in every hierarchy, children first; cgroup v1 has one per controller.
func removeCgroups(name string) {
	v1, _ := filepath.Glob(filepath.Join(cgroupMount, "*", name))
	for _, root := range append(v1, filepath.Join(cgroupMount, name)) {
		var groups []string
		_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				groups = append(groups, path)
			}
			return nil
		})
		slices.Reverse(groups)
		for _, group := range groups {
			if err := os.Remove(group); err != nil {
				fmt.Fprintln(os.Stderr, "left behind:", err)
			}
		}
	}
}
