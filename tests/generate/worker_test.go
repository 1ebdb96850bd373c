package generate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Limits of one run, whose inputs are a few kilobytes.
const (
	maxTime   = 20 * time.Second
	maxStack  = 32 << 20 // bytes
	maxMemory = 512 << 20
)

// isWorker makes a process of this test a worker that checks runs.
const isWorker = "DINDIFY_LAWS_WORKER"

// task is one run: a seed, or decisions.
type task struct {
	Seed  uint64
	Given []int
}

func (k task) choices() *Choices {
	if k.Given != nil {
		return Replay(k.Given)
	}
	return Random(k.Seed)
}

func TestMain(m *testing.M) {
	if os.Getenv(isWorker) != "" {
		serve(os.Stdin, os.Stdout)
		return
	}
	os.Exit(m.Run())
}

// serve reads a task from each line, and answers with a line.
func serve(in io.Reader, out io.Writer) {
	debug.SetMaxStack(maxStack)
	debug.SetMemoryLimit(maxMemory)
	dir, err := os.MkdirTemp("", "laws")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	tasks, results := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var k task
		if err := tasks.Decode(&k); err != nil {
			return
		}
		if err := results.Encode(Check(NewRun(k.choices()), dir)); err != nil {
			return
		}
	}
}

// worker is a process that checks runs. It is replaced after a run that kills it.
type worker struct {
	t       *testing.T
	cmd     *exec.Cmd
	in      io.WriteCloser
	tasks   *json.Encoder
	results *json.Decoder
	said    *bytes.Buffer
}

func (w *worker) start() {
	w.cmd = exec.Command(os.Args[0])
	w.cmd.Env = append(os.Environ(), isWorker+"=1")
	w.said = &bytes.Buffer{}
	w.cmd.Stderr = w.said
	out, err := w.cmd.StdoutPipe()
	require.NoError(w.t, err)
	w.in, err = w.cmd.StdinPipe()
	require.NoError(w.t, err)
	require.NoError(w.t, w.cmd.Start())
	w.tasks, w.results = json.NewEncoder(w.in), json.NewDecoder(out)
}

func (w *worker) stop() {
	if w.cmd != nil {
		_ = w.in.Close()
		_ = w.cmd.Wait()
		w.cmd = nil
	}
}

// check checks a run in the worker. A run that kills the process, or takes too long, breaks the first law.
func (w *worker) check(k task) Result {
	if w.cmd == nil {
		w.start()
	}
	timer := time.AfterFunc(maxTime, func() { _ = w.cmd.Process.Kill() })
	var r Result
	err := errors.Join(w.tasks.Encode(k), w.results.Decode(&r))
	if timer.Stop() && err == nil {
		return r
	}
	_ = w.cmd.Process.Kill()
	w.stop()
	head, _, _ := strings.Cut(w.said.String(), "\n\n")
	return Result{Violation: &Violation{Laws[0].Name, fmt.Sprintf("the process ended: %.2000s", head)}}
}
