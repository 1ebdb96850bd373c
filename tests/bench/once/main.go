// Command once runs a program and writes its resource usage: once RESULT TIMEOUT STDIN STDOUT PROGRAM [ARGUMENT]...
//
// On Linux the peak memory of a program includes that of its parent at the start. Therefore this small program is the
// parent, and not the one that has read the outputs.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/boxp/dindify/tests/bench/usage"
)

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5:]); err != nil {
		fmt.Fprintln(os.Stderr, "once:", err)
		os.Exit(1)
	}
}

func run(result, timeout, stdin, stdout string, command []string) error {
	limit, err := time.ParseDuration(timeout)
	if err != nil {
		return err
	}
	in, err := os.Open(stdin)
	if err != nil {
		return err
	}
	out, err := os.Create(stdout)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, out, os.Stderr
	began := time.Now()
	err = cmd.Run()
	wall := time.Since(began)
	if cmd.ProcessState == nil {
		return err
	}
	return usage.Usage{
		Wall:     wall,
		CPU:      cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(),
		PeakRSS:  cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss * 1024, // Linux counts kilobytes
		Exit:     cmd.ProcessState.ExitCode(),
		TimedOut: ctx.Err() != nil,
	}.Write(result)
}
