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

// StateDir is the folder of this run, on a real file system; gone afterwards.
func StateDir() string { return os.Getenv(stateVariable) }

// CgroupParent is the control group of this run's containers, relative to each hierarchy; gone afterwards.
func CgroupParent() string {
	if binaries.Selected().CgroupV2 {
		return "/containers" // of the sandbox's own hierarchy
	}
	return "/" + filepath.Base(StateDir())
}

func stateOf(pid int) string {
	return filepath.Join(os.TempDir(), statePrefix+strconv.Itoa(pid))
}

func removeState(pid int) {
	state := stateOf(pid)
	removeCgroups(filepath.Base(state))
	undelegate(state)
	if err := os.RemoveAll(state); err != nil {
		fmt.Fprintln(os.Stderr, "left behind:", err)
	}
}

// removeLeftovers clears up after runs that were killed too hard to do it themselves.
func removeLeftovers() {
	states, _ := filepath.Glob(stateOf(0)[:len(stateOf(0))-1] + "*")
	for _, state := range states {
		pid, err := strconv.Atoi(strings.TrimPrefix(filepath.Base(state), statePrefix))
		if _, alive := os.Stat(fmt.Sprintf("/proc/%d", pid)); err == nil && alive != nil {
			removeState(pid)
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
