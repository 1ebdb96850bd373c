package cli

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/version"
)

// RunPlugin is Run for kubectl-dindify: the same verbs, and a verify that checks a cluster. Without a verb it prints
// its usage, under the name that it was called by.
func RunPlugin(s Streams, release, program string, verify *cobra.Command, args []string) int {
	s = s.Checked()
	return execute(s, Plugin(s, version.Read(release), program, verify), args)
}

// Plugin returns the command line of kubectl-dindify.
func Plugin(s Streams, build version.Info, program string, verify *cobra.Command) *cobra.Command {
	root := newRoot(s, build)
	if name := strings.TrimSuffix(filepath.Base(program), ".exe"); strings.HasPrefix(name, "kubectl-") {
		display := "kubectl " + strings.TrimPrefix(name, "kubectl-")
		root.Annotations = map[string]string{cobra.CommandDisplayNameAnnotation: display}
	}
	root.Long = "kubectl-dindify has the verbs of dindify, and verify, which checks a cluster."
	root.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	for _, c := range root.Commands() {
		if c.Name() == verify.Name() {
			root.RemoveCommand(c)
		}
	}
	root.AddCommand(verify)
	return root
}
