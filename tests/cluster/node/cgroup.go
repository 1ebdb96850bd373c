package node

import (
	"os"
	"path/filepath"
	"strings"
)

const cgroupMount = "/sys/fs/cgroup"

// createCgroup creates the group of all pods: in each controller's hierarchy on cgroup v1, in the one with delegated
// controllers on v2.
func createCgroup(name string) error {
	controllers, err := os.ReadFile(filepath.Join(cgroupMount, "cgroup.controllers"))
	if err == nil {
		return createUnified(name, strings.Fields(string(controllers)))
	}
	hierarchies, err := os.ReadDir(cgroupMount)
	if err != nil {
		return err
	}
	for _, hierarchy := range hierarchies {
		if hierarchy.IsDir() {
			if err := os.MkdirAll(filepath.Join(cgroupMount, hierarchy.Name(), name), 0o755); err != nil {
				return err
			}
		}
	}
	return copyCpuset(filepath.Join(cgroupMount, "cpuset"), name)
}

func createUnified(name string, controllers []string) error {
	enable := []byte("+" + strings.Join(controllers, " +"))
	if err := os.WriteFile(filepath.Join(cgroupMount, "cgroup.subtree_control"), enable, 0o644); err != nil {
		return err
	}
	return os.MkdirAll(filepath.Join(cgroupMount, name), 0o755)
}

// copyCpuset fills files that cgroup v1 leaves empty and that no process can run without.
func copyCpuset(hierarchy, name string) error {
	for _, file := range []string{"cpuset.cpus", "cpuset.mems"} {
		value, err := os.ReadFile(filepath.Join(hierarchy, file))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(hierarchy, name, file), value, 0o644); err != nil {
			return err
		}
	}
	return nil
}
