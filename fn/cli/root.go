// Package cli is dindify's command line: a KRM function without arguments, and verbs for people.
package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	fn "github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/kustomize"
	"github.com/boxp/dindify/fn/version"
)

// Streams holds the input and outputs of a command.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Run runs a command line and returns its exit status: 0 on success, 1 on failure; audit and diff return 1 if they
// found something, and 2 on failure. All return 2 if the output cannot be written. Without arguments, and in a process
// started by kustomize.Build, it runs the KRM function. release is the version that the linker has set, or "".
func Run(s Streams, release string, args []string) int {
	s = s.Checked()
	if override, is := kustomize.AsFunction(); is {
		return exitStatus(s, function(s, override))
	}
	return execute(s, newRoot(s, version.Read(release)), args)
}

func execute(s Streams, root *cobra.Command, args []string) int {
	addCompletion(root)
	root.SetArgs(append([]string{}, args...)) // cobra would use os.Args for nil
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	return exitStatus(s, root.Execute())
}

// Command returns the command line, for the generated documentation.
func Command() *cobra.Command { return newRoot(Streams{}, version.Info{}) }

const about = `dindify gives Kubernetes workloads that mount the node's Docker socket their own Docker daemon, as a sidecar, and
reverts that.

Without arguments it is a KRM function: it reads a ResourceList from standard input and writes one to standard output,
for kustomize, kpt and Argo CD. Its functionConfig is an object of kind DinD (apiVersion dindify.dev/v1alpha1), or a
ConfigMap whose keys are paths into its spec:

  apiVersion: dindify.dev/v1alpha1
  kind: DinD
  metadata:
    name: openhands
  spec:
    mode: DinD # DooD reverts to the original, Audit only reports

With a verb it works on plain YAML and JSON files.`

func newRoot(s Streams, build version.Info) *cobra.Command {
	root := &cobra.Command{
		Use:           "dindify",
		Short:         "Move workloads from the node's Docker socket to a Docker daemon of their own, and back",
		Long:          about,
		Version:       build.String(),
		Args:          noVerb,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if IsTerminal(s.In) { // a ResourceList is piped in, not typed
				return cmd.Help()
			}
			return function(s, fn.Override{})
		},
	}
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(
		newInit(s),
		newConvert(s),
		newRevert(s),
		newDiff(s),
		newExplain(s),
		newAudit(s, build.Version),
		newDiagram(s),
		newBuild(s),
		newVerify(s),
		newSchema(s),
		newVersion(s, build),
	)
	root.SetHelpCommand(newHelp())
	return root
}

func newVersion(s Streams, build version.Info) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, the commit and the version of Go that this binary was built from",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(s.Out, build)
			return err
		},
	}
}
