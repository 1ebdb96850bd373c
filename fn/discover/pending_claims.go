package discover

import "github.com/boxp/dindify/fn/report"

// mayBeBound is the verdict on a workload with a claim that may be bound to a volume with a socket, or to another one;
// the zero verdict if it has none.
func mayBeBound(uses []*Use) verdict {
	for _, u := range uses {
		if !u.bound.Possibly {
			continue
		}
		why := ""
		if u.isMadeByTemplate() {
			why = ", and a claim of a template is never replaced"
		}
		return unsure(report.ClassUnsure, "its claim %s may be bound to the PersistentVolume %s, which is %s of the node%s",
			u.Claim, u.bound.Name, u.bound.Path, why)
	}
	return verdict{}
}
