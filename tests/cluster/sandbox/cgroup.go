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
	delegatedFile  = "delegated" // in the state folder: the controllers handed down for the run, or one beside it
)

// unifiedHierarchy is where the machine has cgroup v2: all of it, or beside version 1.
func unifiedHierarchy() (string, error) {
	for _, mount := range []string{cgroupMount, filepath.Join(cgroupMount, "unified")} {
		if _, err := os.Stat(filepath.Join(mount, controllers)); err == nil {
			return mount, nil
		}
	}
	return "", fmt.Errorf("no cgroup v2 hierarchy below %s", cgroupMount)
}

// delegate makes the group that the sandbox sees as the root of its cgroups, with all the controllers that the machine
// can hand down, and opens it. What is handed down here is taken back by undelegate.
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
		theirs, _ := os.ReadFile(filepath.Join(beside, delegatedFile)) // the last one takes them back
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

// handDown enables in a group's children what the group has, and returns what was not enabled before.
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

// others are the folders of the sandboxes beside this one.
func others(state string) []string {
	states, _ := filepath.Glob(filepath.Join(filepath.Dir(state), statePrefix+"*"))
	return slices.DeleteFunc(states, func(other string) bool { return other == state })
}

// undelegate takes back what delegate handed down, once no sandbox needs it.
func undelegate(state string) {
	added, err := os.ReadFile(filepath.Join(state, delegatedFile))
	if err != nil || len(others(state)) > 0 {
		return // it had no hierarchy of its own, or leaves it to the last one
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
// leaf: a group that hands controllers down may hold no process of its own.
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
