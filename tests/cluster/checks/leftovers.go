package checks

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

const cgroupMount = "/sys/fs/cgroup"

// settled is the time without further removals after which the rest counts as left behind.
const settled = 8 * time.Second

// leftBehind checks what remains of the pod on the node after it is deleted: mounts, and new control groups. It
// deletes the pod, so it is the last row.
func leftBehind(t testing.TB, w *Workload) Finding {
	uid := string(w.pod.UID)
	w.scale(t, 0)
	var mounts, groups []string
	changed := time.Now()
	for end := changed.Add(30 * time.Second); time.Now().Before(end) && time.Since(changed) < settled; {
		before := len(mounts) + len(groups)
		mounts = mountsOf(t, uid)
		groups = slices.DeleteFunc(emptyCgroups(), func(group string) bool { return slices.Contains(w.cgroups, group) })
		switch len(mounts) + len(groups) {
		case 0:
			return good("nothing")
		case before:
		default:
			changed = time.Now()
		}
		time.Sleep(200 * time.Millisecond)
	}
	if len(mounts) > 0 {
		return bad("%d mounts, the first at %s", len(mounts), mounts[0])
	}
	defer removeGroups(groups) // the next column would not count its own otherwise
	return bad("%d empty control groups, such as `%s`", len(groups), shortened(slices.MaxFunc(groups, deeper)))
}

func mountsOf(t testing.TB, uid string) []string {
	t.Helper()
	table, err := os.ReadFile("/proc/self/mountinfo")
	require.NoError(t, err)
	var found []string
	for line := range strings.Lines(string(table)) {
		if strings.Contains(line, uid) {
			found = append(found, strings.Fields(line)[4])
		}
	}
	return found
}

// removeGroups removes empty groups; a group that another column uses now stays.
func removeGroups(groups []string) {
	slices.SortFunc(groups, func(a, b string) int { return deeper(b, a) })
	for _, group := range groups {
		_ = os.Remove(filepath.Join(cgroupMount, group))
	}
}

func deeper(a, b string) int { return strings.Count(a, "/") - strings.Count(b, "/") }

// kubeletGroups are the kubelet's own. In the hierarchy of devices they appear with the first pod of their class.
var kubeletGroups = []string{"kubepods", "burstable", "besteffort"}

// emptyCgroups returns groups without a process in them or below. On cgroup v2 they may be anywhere in the sandbox's
// own hierarchy; on version 1 only those below the kubelet's are checked.
func emptyCgroups() []string {
	roots := []string{cgroupMount}
	if !binaries.Selected().CgroupV2 {
		roots, _ = filepath.Glob(filepath.Join(cgroupMount, "*", sandbox.CgroupParent()))
	}
	var all []string
	populated := map[string]bool{}
	for _, root := range roots {
		_ = filepath.WalkDir(root, func(path string, _ fs.DirEntry, _ error) error {
			processes, err := os.ReadFile(filepath.Join(path, "cgroup.procs"))
			if err != nil {
				return nil // not a group, or one that has just been removed
			}
			if !slices.Contains(kubeletGroups, filepath.Base(path)) {
				all = append(all, path)
			}
			for group := path; len(processes) > 0 && len(group) > len(cgroupMount); group = filepath.Dir(group) {
				populated[group] = true
			}
			return nil
		})
	}
	var found []string
	for _, group := range all {
		if !populated[group] {
			found = append(found, strings.TrimPrefix(group, cgroupMount))
		}
	}
	return found
}

// shortened shortens the ids in a path to a recognizable part.
func shortened(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if len(part) > 40 {
			parts[i] = part[:6] + "…"
		}
	}
	return strings.Join(parts, "/")
}

// memoryLimit compares the control group of a nested container's process with that of the daemon's container: a limit
// of the container applies only inside its group.
func memoryLimit(t testing.TB, w *Workload) Finding {
	const duration = "47110815" // seconds; identifies the process on the node
	w.loadImage(t, runtimeImage)
	_, err := w.inApp(t, nil, "docker", "run", "--detach", "--name", "limited", runtimeImage, "sleep", duration)
	require.NoError(t, err)
	defer w.inApp(t, nil, "docker", "rm", "--force", "limited")
	nested, err := cgroupOf(duration)
	nested = strings.TrimPrefix(nested, "/"+sandbox.CgroupParent())
	if err != nil {
		return good("yes: all of it is one process of the node")
	}
	own := strings.TrimPrefix(w.status(t, daemonContainer).ContainerID, "containerd://")
	if strings.Contains(nested, own) || strings.Contains(nested, string(w.pod.UID)) {
		return good("yes: `%s`", shortened(nested))
	}
	return bad("no: they are in `%s`, outside of its group", shortened(nested))
}

// cgroupOf finds a process of the node by a word in its command line.
func cgroupOf(word string) (string, error) {
	hierarchy := "memory"
	if binaries.Selected().CgroupV2 {
		hierarchy = "" // a machine with both versions lists version 2 without a name
	}
	processes, err := os.ReadDir("/proc")
	if err != nil {
		return "", err
	}
	for _, process := range processes {
		if _, err := strconv.Atoi(process.Name()); err != nil {
			continue
		}
		command, _ := os.ReadFile(filepath.Join("/proc", process.Name(), "cmdline"))
		words := strings.Split(string(command), "\x00")
		if len(words) < 2 || words[0] != "sleep" || words[1] != word {
			continue
		}
		groups, err := os.ReadFile(filepath.Join("/proc", process.Name(), "cgroup"))
		for line := range strings.Lines(string(groups)) {
			fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
			if len(fields) == 3 && fields[1] == hierarchy {
				return fields[2], err
			}
		}
	}
	return "", errors.New("no such process")
}
