package cli

import (
	"errors"
	"os/exec"
	"slices"

	"github.com/spf13/cobra"
)

const pluginProgram = "kubectl-dindify"

// newVerify runs the verb of kubectl-dindify: a cluster client would make this binary half as large again, and each
// run of the function slower.
func newVerify(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "verify [KIND/NAME]...",
		Short: "Check converted workloads in a cluster (in kubectl-dindify)",
		Long: `verify checks workloads that have their own Docker daemon in a running cluster, and reports what it found check by check.
It is in a second program, kubectl-dindify, which this one runs if it is on the PATH:

  go install github.com/boxp/dindify/fn/kubectl-dindify@latest
  kubectl dindify verify --help`,
		DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			program, err := exec.LookPath(pluginProgram)
			switch {
			case err == nil:
				return s.runProgram(cmd, program, append([]string{"verify"}, args...))
			case slices.Contains(args, "--help") || slices.Contains(args, "-h"):
				return cmd.Help()
			}
			return unable("verify needs a cluster client, which is in a second program: go install "+
				"github.com/boxp/dindify/fn/%s@latest, then kubectl dindify verify", pluginProgram)
		},
	}
}

// runProgram replaces this program by another one, and returns its exit status.
func (s Streams) runProgram(cmd *cobra.Command, program string, args []string) error {
	child := exec.CommandContext(cmd.Context(), program, args...)
	child.Stdin, child.Stdout, child.Stderr = s.In, s.Out, s.Err
	if out, isFile := file(s.Out); isFile {
		child.Stdout = out // and no pipe to it: it may be a terminal
	}
	err := child.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return &StatusError{Status: ended.ExitCode()}
	}
	return err
}
