//go:build steps

package hostile

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/cli"
	"github.com/boxp/dindify/fn/steps"
	"github.com/boxp/dindify/tests/laws"
)

// A run may take this number of steps, plus a number for each byte of its input. The limit corresponds to two seconds
// for a megabyte, and does not depend on the load of the machine.
const (
	allowed        = 1_000_000
	allowedPerByte = 150
)

func requireBounded(t *testing.T, text string) {
	requireFew(t, text, func() { laws.Apply([]byte(text), nil) })
}

func requireFew(t *testing.T, text string, run func()) {
	steps.Reset()
	run()
	n := steps.Reset()
	t.Logf("%d bytes, %d steps, %d for each byte", len(text), n, n/int64(len(text)+1))
	require.LessOrEqual(t, n, int64(allowed+allowedPerByte*len(text)))
}

// TestStepsOfHostileInputs runs with the build tag steps.
func TestStepsOfHostileInputs(t *testing.T) {
	for _, in := range Inputs {
		t.Run(in.Name, func(t *testing.T) { requireBounded(t, in.Text()) })
	}
}

// TestStepsOfVerbs: the verbs that read the same inputs have the same bound.
func TestStepsOfVerbs(t *testing.T) {
	for _, verb := range []string{"audit", "diff", "revert", "diagram"} {
		for _, in := range Inputs {
			t.Run(verb+"/"+in.Name, func(t *testing.T) {
				text := in.Text()
				requireFew(t, text, func() {
					cli.Run(cli.Streams{In: strings.NewReader(text), Out: io.Discard, Err: io.Discard}, "", []string{verb, "-"})
				})
			})
		}
	}
}

// TestAuditOfConversionsIsLinear: a clean-up job names a workload, a daemon, a Role and a RoleBinding, and there may
// be one job for each workload.
func TestAuditOfConversionsIsLinear(t *testing.T) {
	work := func(n int) int64 {
		converted, rep := laws.Apply([]byte(list(n)), []byte(withJobs))
		require.False(t, rep.Failed())
		require.Equal(t, n, strings.Count(string(converted), "kind: CronJob"))
		steps.Reset()
		_, rep = laws.Apply(converted, []byte(onlyLook))
		require.Len(t, rep.All(), n, "of each workload that it has a daemon")
		return steps.Reset()
	}
	once, fourTimes := work(50), work(200)
	t.Logf("%d steps for 50 workloads, %d for 200", once, fourTimes)
	require.Less(t, fourTimes, 5*once)
}

const (
	function = "apiVersion: dindify.dev/v1alpha1\nkind: DinD\nmetadata: {name: d}\nspec: "
	withJobs = function + "{cleanup: {mode: CronJob}}\n"
	onlyLook = function + "{mode: Audit}\n"
)

// FuzzSteps searches for an input that takes more steps than its size allows.
func FuzzSteps(f *testing.F) {
	f.Add(uint16(14), uint16(0), uint16(950), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0), true, true)
	f.Add(uint16(3), uint16(20), uint16(2), uint16(20), uint16(100), uint16(10), uint16(100), uint16(10), true, true)
	f.Fuzz(func(
		t *testing.T,
		pods, containers, mounts, volumes, inits, variables, keys, policies uint16, fromKeys, showKeys bool,
	) {
		s := Shape{
			Pods: int(pods%40) + 1, Containers: int(containers%500) + 1, Mounts: int(mounts % 1000),
			Volumes: int(volumes % 500),
			Inits:   int(inits % 400), Variables: int(variables % 2000),
			Keys: int(keys % 5000), Policies: int(policies % 1000),
			FromKeys: fromKeys, ShowKeys: showKeys,
		}
		if s.Pods*(s.Containers*(s.Mounts+s.Volumes+s.Variables+4)+s.Inits+s.Volumes)+s.Keys+s.Policies > 16_000 {
			t.Skip("more than a megabyte")
		}
		requireBounded(t, s.Text())
	})
}
