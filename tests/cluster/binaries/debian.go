package binaries

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// debianPackage names the package of each program that a cluster takes from Debian.
func debianPackage(program string) string {
	switch program {
	case "etcd":
		return "etcd-server"
	case "dockerd", "docker":
		return "docker.io"
	case "ctr":
		return "containerd"
	case "ip":
		return "iproute2"
	case "/usr/lib/cni/bridge":
		return "containernetworking-plugins"
	case "/usr/share/keyrings/debian-archive-keyring.gpg":
		return "debian-archive-keyring"
	case "/usr/include/seccomp.h":
		return "libseccomp-dev"
	case "/bin/busybox":
		return "busybox-static"
	default:
		return program
	}
}

// Install installs the missing programs with apt-get.
func Install(ctx context.Context, programs ...string) error {
	var packages []string
	for _, program := range programs {
		if !present(program) {
			packages = append(packages, debianPackage(program))
		}
	}
	if len(packages) == 0 {
		return nil
	}
	slices.Sort(packages)
	packages = slices.Compact(packages)
	if os.Getuid() != 0 {
		return fmt.Errorf("missing: %s; install them (apt-get install) or run as root", strings.Join(packages, " "))
	}
	unlock, err := Lock("install")
	if err != nil {
		return err
	}
	defer unlock()
	return aptInstall(ctx, packages)
}

// Require is Install for a test: if a program is not available, it skips the test with a message, or fails it if
// CI=true.
func Require(t testing.TB, programs ...string) {
	t.Helper()
	err := Install(t.Context(), programs...)
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatal(err)
	default:
		t.Skip(err)
	}
}

func present(program string) bool {
	if strings.HasPrefix(program, "/") {
		_, err := os.Stat(program)
		return err == nil
	}
	_, err := exec.LookPath(program)
	return err == nil
}

func aptInstall(ctx context.Context, packages []string) error {
	fmt.Fprintf(os.Stderr, "installing %s (first run only)\n", strings.Join(packages, " "))
	install := append([]string{"install", "-y", "--no-install-recommends"}, packages...)
	for _, args := range [][]string{{"update"}, install} {
		cmd := exec.CommandContext(ctx, "apt-get", args...)
		// RUNLEVEL=1 keeps the packages from starting their daemons (invoke-rc.d(8)).
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get %s: %w\n%s", strings.Join(args, " "), err, out)
		}
	}
	return nil
}
