// Command once runs a program and writes what it took: once RESULT TIMEOUT STDIN STDOUT PROGRAM [ARGUMENT]...
//
// Linux counts to a program's peak what its parent had when it started it. So the parent is this one, which is small,
// and not the one that has read the outputs.
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
