package cli

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/schema"
)

func newSchema(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the functionConfig, for editors",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			generated, err := schema.Generate()
			if err != nil {
				return err
			}
			enc := json.NewEncoder(s.Out)
			enc.SetIndent("", "  ")
			enc.SetEscapeHTML(false)
			return enc.Encode(generated)
		},
	}
}
