package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// StatusError ends a command with an exit status. Any other error ends it with 1.
type StatusError struct {
	Status int
	Err    error // nil if already reported
}

func (e *StatusError) Error() string {
	if e.Err == nil {
		return ""
	}
	return e.Err.Error()
}

func (e *StatusError) Unwrap() error { return e.Err }

var (
	errReported error = &StatusError{Status: 1} // the command failed, and its findings were printed
	errFound    error = &StatusError{Status: 1} // diff or audit found something
)

// unable returns an error with exit status 2: the command could not run.
func unable(format string, args ...any) error { return &StatusError{2, fmt.Errorf(format, args...)} }

// exitLikeDiff gives a command the exit statuses of diff(1): 0 nothing found, 1 something found, 2 failure.
func exitLikeDiff(cmd *cobra.Command) {
	failure := func(err error) error {
		if err == nil || errors.Is(err, errFound) {
			return err
		}
		return &StatusError{Status: 2, Err: err}
	}
	run, check := cmd.RunE, cmd.Args
	cmd.Args = func(cmd *cobra.Command, args []string) error { return failure(check(cmd, args)) }
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return failure(run(cmd, args)) }
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return failure(flagError(cmd, err)) })
}

// exitStatus prints the error of a command, and returns the exit status.
func exitStatus(s Streams, err error) int {
	if err = s.written(err); err == nil {
		return 0
	}
	if err.Error() != "" {
		for _, line := range errorLines(err) {
			s.note("%s", line)
		}
	}
	if status := (*StatusError)(nil); errors.As(err, &status) {
		return status.Status
	}
	return 1
}
