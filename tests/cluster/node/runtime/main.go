// Runtime wraps runc, and as runtime-runsc gVisor's runsc, on a node whose cgroup v2 hierarchy lacks controllers, or
// that has no systemd.
//
// A machine with cgroup v1 keeps cpu, memory and pids there, and runc refuses a container with a limit that its
// hierarchy does not support: the wrapper removes such limits. runc gives a container's cgroup to the root of the
// container's user namespace only through systemd; without systemd, the wrapper does this. gVisor creates a group for
// each further container of a pod even when it is configured to ignore cgroups, and fails without all controllers: it
// gets no path.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

const cgroupMount = "/sys/fs/cgroup"

// limits are the fields of a container's linux.resources by the controller that they need.
var limits = map[string][]string{
	"cpu":     {"cpu"},
	"memory":  {"memory"},
	"pids":    {"pids"},
	"io":      {"blockIO"},
	"hugetlb": {"hugepageLimits"},
}

func main() {
	err := run(os.Args[1:])
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		os.Exit(ended.ExitCode())
	case err != nil:
		fmt.Fprintln(os.Stderr, "runtime:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	runc, err := exec.LookPath(behind())
	if err != nil {
		return err
	}
	switch {
	case slices.Contains(args, "update") && len(missing()) > 0:
		return nil // an update has nothing but limits
	case !slices.Contains(args, "create"):
		return syscall.Exec(runc, append([]string{runc}, args...), os.Environ())
	}
	config := filepath.Join(bundle(args), "config.json")
	spec, err := read(config)
	if err != nil {
		return err
	}
	if err := write(config, withoutLimits(spec)); err != nil {
		return err
	}
	cmd := exec.Command(runc, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return err
	}
	return giveCgroup(spec)
}

// behind returns the runtime that this program wraps.
func behind() string {
	if filepath.Base(os.Args[0]) == "runtime-runsc" {
		return "runsc"
	}
	return "runc"
}

func bundle(args []string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--bundle="); ok {
			return value
		}
		if arg == "--bundle" || arg == "-b" {
			return args[i+1]
		}
	}
	return "."
}

// missing returns the controllers that the hierarchy does not have.
func missing() []string {
	content, err := os.ReadFile(filepath.Join(cgroupMount, "cgroup.controllers"))
	if err != nil {
		return nil // cgroup v1
	}
	var lacks []string
	for controller := range limits {
		if !slices.Contains(strings.Fields(string(content)), controller) {
			lacks = append(lacks, controller)
		}
	}
	return lacks
}

func withoutLimits(spec map[string]any) map[string]any {
	lacks := missing()
	linux, _ := spec["linux"].(map[string]any)
	resources, _ := linux["resources"].(map[string]any)
	for _, controller := range lacks {
		for _, field := range limits[controller] {
			delete(resources, field)
		}
	}
	if len(lacks) > 0 {
		delete(resources, "unified")
	}
	if len(lacks) > 0 && behind() == "runsc" {
		delete(linux, "cgroupsPath")
	}
	return spec
}

// giveCgroup does the same as systemd's delegation: the group, and the files that the kernel lists for it, belong to
// the root of the container's user namespace.
func giveCgroup(spec map[string]any) error {
	linux, _ := spec["linux"].(map[string]any)
	mappings, _ := linux["uidMappings"].([]any)
	path, _ := linux["cgroupsPath"].(string)
	files, err := os.ReadFile("/sys/kernel/cgroup/delegate")
	if _, unified := os.Stat(filepath.Join(cgroupMount, "cgroup.controllers")); len(mappings) == 0 || err != nil ||
		unified != nil {
		return nil
	}
	first, _ := mappings[0].(map[string]any)
	number, _ := first["hostID"].(json.Number)
	owner, err := number.Int64()
	if err != nil {
		return fmt.Errorf("uidMappings: %w", err)
	}
	group := filepath.Join(cgroupMount, path)
	if err := os.Chown(group, int(owner), -1); err != nil {
		return err
	}
	for _, file := range strings.Fields(string(files)) {
		if err := os.Chown(filepath.Join(group, file), int(owner), -1); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}

func read(file string) (map[string]any, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var spec map[string]any
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber() // a limit may need all 64 bits
	if err := decoder.Decode(&spec); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return spec, nil
}

func write(file string, spec map[string]any) error {
	content, err := json.Marshal(spec)
	if err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}
