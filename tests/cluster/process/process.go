// Package process starts programs for a test and stops them by their own process ids.
package process

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	patience = 20 * time.Second
	logTail  = 40
)

// Start runs a program until the test ends; its output goes to DIR/NAME.log, and the end of it to the test's log if
// the test fails.
//
// The kernel kills the program when the test process dies without a cleanup (Pdeathsig).
func Start(t testing.TB, dir, program string, args ...string) {
	t.Helper()
	name := filepath.Base(program)
	log, err := os.Create(filepath.Join(dir, name+".log"))
	if err != nil {
		t.Fatalf("start %s: %v", name, err)
	}
	cmd := exec.Command(program, args...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", name, err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("%s:\n%s", log.Name(), Tail(log.Name()))
		}
		stop(t, cmd)
		log.Close()
	})
}

func stop(t testing.TB, cmd *exec.Cmd) {
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	_ = cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(patience):
		t.Logf("%s ignored SIGTERM for %s", cmd.Path, patience)
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-ended
	}
}

// Tail returns the end of a log.
func Tail(file string) string {
	content, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(string(bytes.TrimSpace(content)), "\n")
	return strings.Join(lines[max(0, len(lines)-logTail):], "\n")
}
