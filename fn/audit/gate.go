package audit

import (
	"fmt"
	"slices"
	"strings"
)

// Acknowledged is the class of rows that the annotation dindify.dev/convert: "false", a baseline, or a daemon in the
// pod acknowledges.
const Acknowledged = "acknowledged"

// Classes lists the classes of rows, which --fail-on accepts.
var Classes = []string{"client", "cleanup", "observer", "unsure", "owned", "other", Broken, Acknowledged}

// Gate decides which rows make an audit fail.
type Gate struct {
	FailOn   []string // classes; empty: all but Acknowledged
	Baseline Baseline
}

// Check returns an error for an unknown class.
func (g Gate) Check() error {
	for _, class := range g.FailOn {
		if !slices.Contains(Classes, class) {
			return fmt.Errorf("--fail-on must be a list of %s, got %q", strings.Join(Classes, ", "), class)
		}
	}
	return nil
}

// Apply gives rows of the baseline the class Acknowledged, marks the rows that fail, and reports whether there are any.
func (g Gate) Apply(rows []Row) (failed bool) {
	g.Baseline.acknowledge(rows)
	for i := range rows {
		rows[i].fails = g.fails(rows[i])
		failed = failed || rows[i].fails
	}
	return failed
}

func (g Gate) fails(r Row) bool {
	if len(g.FailOn) > 0 {
		return slices.Contains(g.FailOn, r.Class)
	}
	return r.Class != Acknowledged
}
