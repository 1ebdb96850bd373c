package checks

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"k8s.io/apimachinery/pkg/util/version"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

// Limit is a row that fails in a column for a known reason. Another failure of the same row is not expected.
type Limit struct {
	Row    string // its ID
	Says   string // a part of the cell, by which the reason is recognized
	Reason string
	Source string
}

// Known appends the reason to the cell of a finding that is the limit, and returns nil. Otherwise it returns what
// differs.
func (l Limit) Known(finding *Finding) error {
	if finding.Good || !strings.Contains(finding.Text, l.Says) {
		return fmt.Errorf("a known limit (%s) is not what was seen: %q", l.Reason, l.Says)
	}
	finding.Text += " (" + l.Reason + ": " + l.Source + ")"
	return nil
}

// Limit returns the known limit of a row of the variant, if there is one.
func (v Variant) Limit(row string) (Limit, bool) {
	for _, l := range v.Limits {
		if l.Row == row {
			return l, true
		}
	}
	return Limit{}, false
}

var (
	noSocketFile = Limit{
		"socket-path", "there is no /var/run/docker.sock", "over TCP there is no file", "docs/configuration.md",
	}
	// dindify refuses PostStart for a Job; here the test changes the pod into a Job's after the conversion.
	neverEnds = Limit{
		"job", "its daemon runs on", "PostStart starts it beside the app, and Kubernetes waits for both", "KEP-753",
	}
	deadSocket = Limit{
		"restart", "dead until the client's container restarts", "a bind-mounted socket is that of the daemon that has ended",
		"docs/configuration.md",
	}
	noLimits = Limit{
		"engine", "Running in rootless-mode without cgroups", "there is no systemd in the container",
		"docs.docker.com/engine/security/rootless",
	}
	noSysfs = Limit{
		"nested-privileged", "MS_NOEXEC: operation not permitted", "the sysfs of a pod without privileges is read-only, " +
			"and so is each one below", "mnt_already_visible in the kernel's fs/namespace.c",
	}
	readOnlySysfs = Limit{
		"nested-privileged", "mount sysfs:/sys", "containerd before 2.0.3 makes the sysfs of a privileged pod read-only",
		"containerd#11271",
	}
	allCapabilities = Limit{
		"nested-privileged", "unable to apply caps", "Docker before 23 asks for every capability of the kernel, and this " +
			"machine does not give all of them", "moby#42933",
	}
	oldNetworkFlag = "unknown flag: --default-network-opt"
	noNetworkFlag  = func(row string) Limit {
		return Limit{row, oldNetworkFlag, "Docker before 24 does not know it", "moby 91c2b12205"}
	}
)

// privilegedLimits are those of a privileged container.
func privilegedLimits() (all []Limit) {
	if binaries.Selected().CgroupV2 {
		const reason, source = "a privileged container has no cgroup namespace on cgroup v2: its daemon creates groups " +
			"outside of its own", "container_create.go in containerd"
		all = append(all, Limit{"memory", "outside of its group", reason, source},
			Limit{"leftovers", "empty control groups", reason, source})
	}
	if oldEngine() && lacksCapabilities() {
		all = append(all, allCapabilities)
	}
	return all
}

func rootlessLimits(t testing.TB) []Limit {
	t.Helper()
	// containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1+deb12u3
	fields := strings.Fields(firstLine(t, "containerd", "--version"))
	containerd, err := version.ParseGeneric(strings.TrimPrefix(fields[2], "v"))
	require.NoError(t, err)
	if containerd.LessThan(version.MustParseGeneric("2.0.3")) {
		return []Limit{noLimits, readOnlySysfs}
	}
	return []Limit{noLimits}
}

func gvisorLimits() []Limit {
	const source = "gvisor.dev/docs/tutorials/docker-in-gvisor"
	all := []Limit{
		noSocketFile,
		{"reach-nested", "cannot tell whether", "without iptables its packets are dropped", source},
		{"compose", "lookup server on 127.0.0.11:53", "Docker's name server needs iptables", source},
		{"outside", "context deadline exceeded", "without iptables nothing translates its address", source},
	}
	if binaries.Selected().Engine.Dir != "" {
		all = append(all, Limit{
			"engine", "Support for cgroup v1 is deprecated", "gVisor has cgroup v1", "gvisor.dev/docs/user_guide/compatibility",
		})
	}
	return all
}

// oldEngine reports whether the daemon's image has Docker 20.10.
func oldEngine() bool { return binaries.Selected().Debian == binaries.Old.Debian }

// lacksCapabilities reports whether this process may not have each capability of the kernel, and so no container.
func lacksCapabilities() bool {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "CapBnd:")
	bounding, _, _ := strings.Cut(rest, "\n")
	has, err := strconv.ParseUint(strings.TrimSpace(bounding), 16, 64)
	last, _ := os.ReadFile("/proc/sys/kernel/cap_last_cap")
	number, err2 := strconv.Atoi(strings.TrimSpace(string(last)))
	return err == nil && err2 == nil && has != 1<<(number+1)-1
}
