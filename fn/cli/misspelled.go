package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/boxp/dindify/fn/suggest"
)

// noVerb refuses an argument of the function, which must be a misspelled verb.
func noVerb(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var verbs []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			verbs = append(verbs, c.Name())
		}
	}
	if slices.Contains(verbs, args[0]) {
		return fmt.Errorf("the verb %s must stand before --", args[0])
	}
	return fmt.Errorf("unknown verb %s%s", args[0], suggest.From(args[0], verbs))
}

// flagError adds a suggestion to the error for an unknown flag.
func flagError(cmd *cobra.Command, err error) error {
	_, name, found := strings.Cut(err.Error(), "unknown flag: --")
	if !found {
		return err
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return fmt.Errorf("%w%s", err, suggest.From(name, names))
}
