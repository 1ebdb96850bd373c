package cli

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/suggest"
)

// listPasses prints the passes in their order.
func listPasses(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, pass := range convert.Passes {
		fmt.Fprintf(w, "%s\t%s\n", pass.Name, pass.Doc)
	}
	return w.Flush()
}

const howToAsk = `Ask for:
  dindify explain ID...         what a result means, and what to do; its id is in brackets: [host-port]
  dindify explain FILE|DIR|-    what convert would change, field by field, and why
  dindify explain ids TOPIC     the ids of a topic; --all lists those of all topics
  dindify explain passes        the steps of a conversion, in order

Topics:
`

func listTopics(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, howToAsk)
	for _, t := range report.Topics {
		fmt.Fprintf(w, "  %s\t%s\t%d ids\n", t.Name, t.About, len(t.Entries))
	}
	return w.Flush()
}

// listEntries prints the ids of topics; without names, of all topics.
func listEntries(out io.Writer, names []string) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	var known []string
	for _, t := range report.Topics {
		known = append(known, t.Name)
		if len(names) > 0 && !slices.Contains(names, t.Name) {
			continue
		}
		for _, e := range t.Entries {
			fmt.Fprintf(w, "%s\t%s\n", e.ID, e.Means)
		}
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return fmt.Errorf("%s is not a topic%s", name, suggest.From(name, known))
		}
	}
	return w.Flush()
}

func printEntries(out io.Writer, ids []string) {
	first := true
	for _, id := range ids {
		for _, e := range report.About(id) {
			if !first {
				fmt.Fprintln(out)
			}
			first = false
			fmt.Fprintf(out, "%s\n  %s\n  What to do: %s\n", e.ID, e.Means, e.Do)
			if source := report.Source(e.ID); source != "" {
				fmt.Fprintf(out, "  Source: %s\n", source)
			}
		}
	}
}
