package sandbox

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

// runInit is process 1: it sets up the namespaces, starts the tests, and reaps orphans such as container shims until
// the tests end.
func runInit() int {
	signal.Notify(make(chan os.Signal, 1), os.Interrupt, syscall.SIGTERM)
	if err := furnish(); err != nil {
		fmt.Fprintln(os.Stderr, "furnish the sandbox:", err)
		return 1
	}
	os.Setenv(roleVariable, roleTests)
	os.Setenv("TMPDIR", StateDir())
	os.Setenv("PATH", os.Getenv(foldersVariable)+":"+os.Getenv("PATH"))
	tests, err := os.StartProcess("/proc/self/exe", os.Args, &os.ProcAttr{
		Env:   os.Environ(),
		Files: []*os.File{os.Stdin, os.Stdout, os.Stderr},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "start the tests:", err)
		return 1
	}
	return reapUntil(tests.Pid)
}

func reapUntil(pid int) int {
	for {
		var status syscall.WaitStatus
		ended, err := syscall.Wait4(-1, &status, 0, nil)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			fmt.Fprintln(os.Stderr, "wait for the tests:", err)
			return 1
		case ended == pid && status.Signaled():
			return 128 + int(status.Signal())
		case ended == pid:
			return status.ExitStatus()
		}
	}
}

func furnish() error {
	if err := syscall.Sethostname([]byte(NodeName)); err != nil {
		return fmt.Errorf("host name: %w", err)
	}
	if out, err := exec.Command("ip", "link", "set", "lo", "up").CombinedOutput(); err != nil {
		return fmt.Errorf("loopback: %w: %s", err, out)
	}
	return furnishMounts()
}
