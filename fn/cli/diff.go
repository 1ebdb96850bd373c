package cli

import (
	"fmt"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"
	"sigs.k8s.io/kustomize/kyaml/fn/framework"
)

func newDiff(s Streams) *cobra.Command {
	j := &job{Streams: s}
	cmd := &cobra.Command{
		Use:   "diff [FILE|DIR|-]...",
		Short: "Show what convert would change, as a unified diff",
		Long:  "diff shows what convert would change, and changes nothing. It exits 1 where there is a difference.",
		RunE: func(_ *cobra.Command, args []string) error {
			files, texts, rep, err := j.run(args)
			if err != nil {
				return err
			}
			say(s, rep, framework.Warning)
			differs := rep.Failed()
			for i, f := range files {
				if d := udiff.Unified(f.Name, f.Name, string(f.Text()), string(texts[i])); d != "" && !rep.Failed() {
					differs = true
					fmt.Fprint(s.Out, d)
				}
			}
			if differs {
				return errSaid
			}
			return nil
		},
	}
	j.flags(cmd)
	return cmd
}
