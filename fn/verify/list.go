package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
)

// List returns a table of the checks, with their levels and the rights that they need.
func List() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CHECK\tLEVEL\tLOOKS WHETHER\tNEEDS")
	for _, c := range slices.Concat(ClusterChecks, Checks) {
		level := string(c.Level)
		switch {
		case c.Disruptive:
			level += ", disruptive"
		case c.OnlyPre:
			level += ", with --pre"
		}
		needed := make([]string, len(c.Needs()))
		for i, right := range c.Needs() {
			needed[i] = right.String()
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", c.ID, level, c.About, strings.Join(needed, ", "))
	}
	_ = w.Flush() // a strings.Builder never fails
	return b.String()
}

// Names returns the workloads of a namespace that have a daemon, as KIND/NAME in lower case.
func Names(ctx context.Context, cluster Cluster, namespace string) ([]string, error) {
	r := &run{Cluster: cluster, Options: Options{Namespace: namespace}}
	subjects, err := r.workloads(ctx)
	names := make([]string, len(subjects))
	for i, s := range subjects {
		names[i] = strings.ToLower(s.Workload.Kind) + "/" + s.Workload.Name
	}
	return names, err
}
