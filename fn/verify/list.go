package verify

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
)

// List returns a table of the checks, with their levels and the rights that they need.
func List() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CHECK\tLEVEL\tLOOKS WHETHER\tUSES (in parentheses: sees less without)")
	for _, c := range slices.Concat(ClusterChecks, Checks) {
		level := string(c.Level)
		switch {
		case c.Disruptive:
			level += ", disruptive"
		case c.OnlyPre:
			level += ", with --pre"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", c.ID, level, c.About, usesOf(c))
	}
	_ = w.Flush() // a strings.Builder never fails
	var found []string
	for _, k := range kinds {
		found = append(found, k.resource)
	}
	fmt.Fprintf(&b, "\nTo find the workloads a run needs get, or list if they are not named and not in files, on: %s.\n"+
		"The check apply needs get, create and patch on the objects of the files.\n", strings.Join(found, ", "))
	return b.String()
}

// usesOf lists the rights of a check, those in parentheses without which it still runs.
func usesOf(c Check) string {
	var used []string
	for _, right := range c.Uses() {
		if slices.Contains(c.Needs(), right) {
			used = append(used, right.String())
		} else {
			used = append(used, "("+right.String()+")")
		}
	}
	return strings.Join(used, ", ")
}
