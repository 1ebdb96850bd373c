package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/suggest"
)

func newExplain(s Streams) *cobra.Command {
	v := &fileVerb{Streams: s}
	var object, format string
	var all bool
	cmd := &cobra.Command{
		Use:   "explain [ID|ids [TOPIC]|passes|FILE|DIR|-]...",
		Short: "Explain the ids of results, or each change of a conversion",
		Long: `explain prints the meaning of ids, of results or of the checks of verify, and what to do about them. For files it
prints what convert would change in every object, field by field, and why; it changes nothing. Ids and files may be
mixed. Without arguments it lists the topics; "explain ids TOPIC" lists the ids of a topic, "explain --all" those of all
topics, "explain passes" the steps of a conversion, in order.`,
		Example: `  dindify explain socket-directory
  dindify explain deployment.yaml --object Deployment/openhands
  dindify explain -o markdown manifests/ > comment.md`,
		Args: noURLs,
		ValidArgsFunction: func(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return ids(), cobra.ShellCompDirectiveDefault
		},
		RunE: func(_ *cobra.Command, args []string) error {
			print, ok := explanations[format]
			switch {
			case !ok:
				return fmt.Errorf("-o must be text or markdown, got %q", format)
			case all || len(args) > 0 && args[0] == "ids":
				return listEntries(s.Out, args[min(1, len(args)):])
			case len(args) == 0:
				return listTopics(s.Out)
			case slices.Equal(args, []string{"passes"}):
				return listPasses(s.Out)
			}
			return v.explain(args, object, print)
		},
	}
	v.convertFlags(cmd)
	cmd.Flags().StringVar(&object, "object", "", "Kind/name or Kind/namespace/name: only this object")
	cmd.Flags().StringVarP(&format, "output", "o", "text", "text or markdown")
	cmd.Flags().BoolVar(&all, "all", false, "list every id, without files or ids")
	complete(cmd, "output", "text", "markdown")
	return cmd
}

// explain prints the entries of the arguments that are ids, and the changes of the others, which are files.
func (v *fileVerb) explain(args []string, object string, print func(io.Writer, [][]*report.Finding)) error {
	args = withoutBrackets(args)
	files := slices.DeleteFunc(slices.Clone(args), isID)
	if err := refuseUnknown(files); err != nil {
		return err
	}
	printEntries(v.Out, slices.DeleteFunc(args, func(arg string) bool { return !isID(arg) }))
	if len(files) == 0 {
		return nil
	}
	if len(files) < len(args) {
		fmt.Fprintln(v.Out)
	}
	r, err := v.run(files)
	if err != nil {
		return err
	}
	changes := byObject(r.Report, object)
	if object != "" && len(changes) == 0 {
		return fmt.Errorf("nothing to explain for %s: it is not in the input, or uses no socket; omit --object to "+
			"see all objects", object)
	}
	if len(changes) == 0 {
		v.note("nothing to explain%s", v.whyUnchanged(r))
	}
	print(v.Out, changes)
	return failed(r.Report)
}

// withoutBrackets returns the arguments, with ids as messages print them as ids.
func withoutBrackets(args []string) []string {
	args = slices.Clone(args)
	for i, arg := range args {
		if id := strings.TrimSuffix(strings.TrimPrefix(arg, "["), "]"); isID(id) {
			args[i] = id
		}
	}
	return args
}

func isID(arg string) bool { return len(report.About(arg)) > 0 }

func ids() []string {
	var all []string
	for _, e := range slices.Concat(report.Entries, report.Checks) {
		all = append(all, e.ID)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// refuseUnknown refuses an argument that is neither an id nor a file. The error for a missing file would be misleading.
func refuseUnknown(args []string) error {
	var errs []error
	for _, arg := range args {
		if _, err := os.Stat(arg); err != nil && arg != "-" {
			near := suggest.Nearest(arg, ids())
			if near == "" {
				near = "; dindify explain --all lists them"
			}
			errs = append(errs, fmt.Errorf("%s is neither a file nor the id of a result%s", arg, near))
		}
	}
	return errors.Join(errs...)
}
