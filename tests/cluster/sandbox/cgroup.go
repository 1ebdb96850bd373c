package sandbox

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

const (
	cgroupMount    = "/sys/fs/cgroup"
	controllers    = "cgroup.controllers"
	subtreeControl = "cgroup.subtree_control"
	delegatedFile  = "delegated" // in the state folder: the controllers delegated for this run, or for one beside it
)

// unifiedHierarchy returns the machine's cgroup v2 hierarchy: the only one, or the one beside version 1.
func unifiedHierarchy() (string, error) {
	for _, mount := range []string{cgroupMount, filepath.Join(cgroupMount, "unified")} {
		if _, err := os.Stat(filepath.Join(mount, controllers)); err == nil {
			return mount, nil
		}
	}
	return "", fmt.Errorf("no cgroup v2 hierarchy below %s", cgroupMount)
}

// delegate creates the group that the sandbox sees as the root of its cgroups, with all the controllers that the
// machine can delegate, and opens it. undelegate reverts the delegation.
func delegate(state string) (*os.File, error) {
	root, err := unifiedHierarchy()
	if err != nil {
		return nil, err
	}
	added, err := handDown(root)
	if err != nil {
		return nil, err
	}
	for _, beside := range others(state) {
		theirs, _ := os.ReadFile(filepath.Join(beside, delegatedFile)) // the last run reverts them
		added = append(added, strings.Fields(string(theirs))...)
	}
	slices.Sort(added)
	added = slices.Compact(added)
	if err := os.WriteFile(filepath.Join(state, delegatedFile), []byte(strings.Join(added, " ")), 0o644); err != nil {
		return nil, err
	}
	group := filepath.Join(root, filepath.Base(state))
	if err := os.MkdirAll(group, 0o755); err != nil {
		return nil, err
	}
	return os.Open(group)
}

// handDown enables the group's controllers for its children, and returns those that were not enabled before.
func handDown(group string) (added []string, err error) {
	has, err := os.ReadFile(filepath.Join(group, controllers))
	if err != nil {
		return nil, err
	}
	gives, err := os.ReadFile(filepath.Join(group, subtreeControl))
	if err != nil {
		return nil, err
	}
	for _, controller := range strings.Fields(string(has)) {
		if slices.Contains(strings.Fields(string(gives)), controller) {
			continue
		}
		if err := os.WriteFile(filepath.Join(group, subtreeControl), []byte("+"+controller), 0o644); err != nil {
			return nil, fmt.Errorf("hand down %s of %s: %w", controller, group, err)
		}
		added = append(added, controller)
	}
	return added, nil
}

// others returns the folders of the other sandboxes.
func others(state string) []string {
	states, _ := filepath.Glob(filepath.Join(filepath.Dir(state), statePrefix+"*"))
	return slices.DeleteFunc(states, func(other string) bool { return other == state })
}

// undelegate reverts delegate when no sandbox needs it any more.
func undelegate(state string) {
	added, err := os.ReadFile(filepath.Join(state, delegatedFile))
	if err != nil || len(others(state)) > 0 {
		return // it had no hierarchy, or another run still needs it
	}
	root, err := unifiedHierarchy()
	for _, controller := range strings.Fields(string(added)) {
		if err == nil {
			err = os.WriteFile(filepath.Join(root, subtreeControl), []byte("-"+controller), 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "left behind:", err)
	}
}

// furnishCgroups shows the sandbox its own group as the root of a cgroup v2 hierarchy, and moves this process into a
// leaf: a group that delegates controllers may not contain a process itself.
func furnishCgroups() error {
	if !binaries.Selected().CgroupV2 {
		return nil
	}
	if err := syscall.Unmount(cgroupMount, syscall.MNT_DETACH); err != nil {
		return fmt.Errorf("unmount %s: %w", cgroupMount, err)
	}
	if err := mount("cgroup", cgroupMount, "cgroup2", 0); err != nil {
		return err
	}
	leaf := filepath.Join(cgroupMount, "node")
	if err := os.MkdirAll(leaf, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(leaf, "cgroup.procs"), []byte("0"), 0o644); err != nil {
		return fmt.Errorf("move into %s: %w", leaf, err)
	}
	_, err := handDown(cgroupMount)
	return err
}
