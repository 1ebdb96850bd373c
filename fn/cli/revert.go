package cli

import (
	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/config"
)

func newRevert(s Streams) *cobra.Command {
	v := &fileVerb{Streams: s, mode: config.DooD}
	cmd := &cobra.Command{
		Use:   "revert [FILE|DIR|-]...",
		Short: "Revert conversions to the original",
		Long: `revert reverts conversions, using the journal of each converted object, and removes the generated objects. Later changes
by others are kept. It needs no configuration; a file that init wrote is neither changed nor printed.`,
		Example: `  dindify revert -i manifests/`,
	}
	v.flags(cmd)
	excludeFlag(cmd, &v.exclude)
	return v.command(cmd)
}
