// Package debian installs programs that a test needs from Debian's packages.
package debian

import (
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

// Install makes sure that every program in programs (program name to Debian package) is on the PATH, and installs the
// packages of missing ones. If the machine lacks the rights or the package manager for this, the test is skipped with
// a message; with CI=true it fails instead.
func Install(t testing.TB, programs map[string]string) {
	t.Helper()
	for program, pkg := range programs {
		if _, err := exec.LookPath(program); err == nil {
			continue
		}
		Need(t, os.Geteuid() == 0, "%s is missing and installing Debian's %s takes root", program, pkg)
		_, err := exec.LookPath("apt-get")
		Need(t, err == nil, "%s is missing and so is apt-get, which would install it from %s", program, pkg)
		install(t, pkg)
	}
}

// Need skips the test if ok is false; with CI=true, where everything is available, it fails the test.
func Need(t testing.TB, ok bool, format string, args ...any) {
	t.Helper()
	switch {
	case ok:
	case os.Getenv("CI") == "true":
		t.Fatalf(format, args...)
	default:
		t.Skipf(format, args...)
	}
}

// install needs no terminal, waits for other installations, and starts no service: at run level 1 Debian's invoke-rc.d
// starts none.
func install(t testing.TB, pkg string) {
	t.Helper()
	for _, args := range [][]string{
		{"update"},
		{"install", "--yes", "--no-install-recommends", pkg},
	} {
		cmd := exec.Command("apt-get", append([]string{"-o", "DPkg::Lock::Timeout=600"}, args...)...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "apt-get %v:\n%s", args, out)
	}
}
