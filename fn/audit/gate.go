package audit

import (
	"fmt"
	"slices"
	"strings"
)

// Acknowledged is the class of what the annotation dindify.dev/convert: "false" decides, and of what a baseline knows.
const Acknowledged = "acknowledged"

// Classes are the classes that a row may have, and that --fail-on takes.
var Classes = []string{"client", "cleanup", "observer", "unsure", "other", Broken, Acknowledged}

// Gate says which rows make an audit fail.
type Gate struct {
	FailOn   []string // classes; empty: all but Acknowledged
	Baseline Baseline
}

// Check fails on a class that does not exist.
func (g Gate) Check() error {
	for _, class := range g.FailOn {
		if !slices.Contains(Classes, class) {
			return fmt.Errorf("--fail-on must be of %s, got %q", strings.Join(Classes, ", "), class)
		}
	}
	return nil
}

// Apply gives rows of the baseline the class Acknowledged, and says whether any row fails.
func (g Gate) Apply(rows []Row) (failed bool) {
	for i := range rows {
		if g.Baseline.has(&rows[i]) {
			rows[i].Class, rows[i].Reason = Acknowledged, "in the baseline; "+rows[i].Reason
		}
		failed = failed || g.fails(rows[i])
	}
	return failed
}

func (g Gate) fails(r Row) bool {
	if len(g.FailOn) > 0 {
		return slices.Contains(g.FailOn, r.Class)
	}
	return r.Class != Acknowledged
}
