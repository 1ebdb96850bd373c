package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// noEnd is reported as the test that notices a change with endless tests.
const noEnd = "no end"

// memory limits the address space of a test, in KiB: a change may allocate without limit.
const memory = 8 << 20

// A process runs some tests of a binary. Its time limit is in CPU time, which other work on the machine does not
// change.
type process struct {
	binary, folder string
	names          []string
	number         int    // of the active change; -1 for none
	reached        string // the file for the numbers of the changes that the tests reach; may be ""
	cpu            time.Duration
}

// run returns the test that failed, or "" if none did, and the used CPU time.
func (p process) run() (string, time.Duration, error) {
	seconds := int(p.cpu.Seconds()) + 5
	// A waiting test uses no CPU. The machine may be busy.
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(seconds)*20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", `ulimit -t "$0"; ulimit -v "$1"; shift; exec "$@"`,
		fmt.Sprint(seconds), fmt.Sprint(memory), p.binary, "-test.run=^("+strings.Join(p.names, "|")+")$",
		"-test.failfast", "-test.timeout=0", "-test.fuzzcachedir="+os.TempDir())
	cmd.Dir = p.folder
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", fmt.Sprintf("MUTANT=%d", p.number), "MUTANT_REACHED="+p.reached)
	cmd.WaitDelay = time.Second
	said, err := cmd.CombinedOutput()
	used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return "", used, nil
	case ctx.Err() != nil:
		return noEnd, used, nil
	case !errors.As(err, &exit):
		return "", used, err
	case exit.ExitCode() < 0 && used >= time.Duration(seconds-1)*time.Second:
		return noEnd, used, nil
	}
	for line := range strings.Lines(string(said)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "--- FAIL: "); ok {
			name, _, _ = strings.Cut(name, " ")
			return name, used, nil
		}
	}
	return "a crash", used, nil
}
