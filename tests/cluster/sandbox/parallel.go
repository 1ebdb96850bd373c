package sandbox

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

const claimsVariable = "DINDIFY_SANDBOX_CLAIMS" // a folder that all sandboxes of a run share

// runAll runs the sandboxes in parallel, and returns the first exit status that is not 0.
func runAll(ctx context.Context, all []*exec.Cmd) int {
	codes := make([]int, len(all))
	var running sync.WaitGroup
	for number, cmd := range all {
		if len(all) > 1 {
			cmd.Stdout, cmd.Stderr = &numbered{number: number, to: os.Stdout}, &numbered{number: number, to: os.Stderr}
		}
		running.Add(1)
		go func() {
			defer running.Done()
			codes[number] = runOne(ctx, cmd)
		}()
	}
	running.Wait()
	for _, code := range codes {
		if code != 0 {
			return code
		}
	}
	return 0
}

func runOne(ctx context.Context, cmd *exec.Cmd) int {
	runtime.LockOSThread() // Pdeathsig is sent when the thread ends
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return interrupted
	case cmd.ProcessState == nil:
		fmt.Fprintln(os.Stderr, "enter the sandbox:", err)
		return 1
	}
	return cmd.ProcessState.ExitCode()
}

// Claim skips the test if another sandbox of the run has claimed it.
func Claim(t testing.TB) {
	t.Helper()
	name := filepath.Join(os.Getenv(claimsVariable), "claimed-"+strings.ReplaceAll(t.Name(), "/", "-"))
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL, 0o644)
	if os.IsExist(err) {
		t.Skip("another node of this run has it")
	}
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
}

// numbered writes whole lines, with the number of the sandbox as a prefix.
type numbered struct {
	number int
	to     io.Writer
	rest   []byte
}

func (n *numbered) Write(text []byte) (int, error) {
	n.rest = append(n.rest, text...)
	for {
		line, rest, found := bytes.Cut(n.rest, []byte("\n"))
		if !found {
			return len(text), nil
		}
		if _, err := fmt.Fprintf(n.to, "%d| %s\n", n.number, line); err != nil {
			return 0, err
		}
		n.rest = rest
	}
}
