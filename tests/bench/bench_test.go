package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/bench/usage"
	"github.com/boxp/dindify/tests/bench/workload"
)

func TestMedians(t *testing.T) {
	runs := []usage.Usage{{Wall: 3, CPU: 1, PeakRSS: 20}, {Wall: 1, CPU: 9, PeakRSS: 10}, {
		Wall: 2, CPU: 5, PeakRSS: 30,
		TimedOut: true,
	}}
	require.Equal(t, figures{usage.Usage{Wall: 2, CPU: 5, PeakRSS: 20, TimedOut: true}, 3}, medianOf(runs))
	require.EqualValues(t, 1, medianOf(runs[:2]).Wall, "the lower of the two in the middle")
}

func TestFiguresAreShort(t *testing.T) {
	require.Equal(t, "100,000", count(100_000))
	require.Equal(t, "999", count(999))
	require.Equal(t, "5.2 ms", duration(5200*time.Microsecond))
	require.Equal(t, "852 ms", duration(852*time.Millisecond))
	require.Equal(t, "1.25 s", duration(1250*time.Millisecond))
	require.Equal(t, "12.5 s", duration(12500*time.Millisecond))
	require.Equal(t, "3 MiB", memory(3<<20))
}

func TestASectionIsReplaced(t *testing.T) {
	page := "a\n<!-- x -->old<!-- /x -->\nb\n"
	once, err := between(page, "<!-- x -->", "<!-- /x -->", "new\n")
	require.NoError(t, err)
	require.Equal(t, "a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb\n", once)
	twice, err := between(once, "<!-- x -->", "<!-- /x -->", "new\n")
	require.NoError(t, err)
	require.Equal(t, once, twice)
	_, err = between("a", "<!-- x -->", "<!-- /x -->", "new")
	require.Error(t, err)
}

// TestAProgramIsMeasured runs a program with a known duration, and one that does not do its work.
func TestAProgramIsMeasured(t *testing.T) {
	b := &bench{runs: 2, long: time.Minute, timeout: time.Second}
	require.NoError(t, b.setUp(""))
	t.Cleanup(func() { require.NoError(t, b.cleanUp()) })
	measured, err := b.inTurns([]subject{
		{name: "sleeps", command: []string{"sleep", "0.1"}},
		{name: "never ends", command: []string{"sleep", "60"}},
		{name: "works", command: []string{"echo", "name: dind-daemon"}, daemons: 1},
	})
	require.NoError(t, err)
	require.GreaterOrEqual(t, measured[0].Wall, 100*time.Millisecond)
	require.Equal(t, 2, measured[0].Runs)
	require.True(t, measured[1].TimedOut)

	b.short = time.Minute
	measured, err = b.inTurns([]subject{{name: "short", command: []string{"true"}}})
	require.NoError(t, err)
	require.Equal(t, 2*often, measured[0].Runs)

	// The memory of this process does not count for the measured program.
	held := bytes.Repeat([]byte("x"), 64<<20)
	small, err := b.once(subject{name: "small", command: []string{"true"}})
	require.NoError(t, err)
	require.Less(t, small.PeakRSS, int64(len(held)))

	_, err = b.once(subject{name: "idle", command: []string{"true"}, daemons: 1})
	require.ErrorContains(t, err, "idle made 0 daemons")
	_, err = b.once(subject{name: "broken", command: []string{"sh", "-c", "echo why >&2; exit 3"}})
	require.ErrorContains(t, err, "status 3: why")
}

func TestSharesOfTheWorkload(t *testing.T) {
	for _, d := range []workload.Deployments{{Count: 250}, {Count: 250, Every: 100}, {Count: 250, Every: 1}} {
		var list, stream bytes.Buffer
		require.NoError(t, d.WriteResourceList(&list))
		require.NoError(t, d.WriteStream(&stream))
		for _, text := range [][]byte{list.Bytes(), stream.Bytes()} {
			require.Equal(t, d.Count, bytes.Count(text, []byte("kind: Deployment\n")))
			require.Equal(t, d.Sockets(), bytes.Count(text, []byte("path: /var/run/docker.sock\n")))
		}
	}
}
