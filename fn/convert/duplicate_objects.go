package convert

import (
	"cmp"
	"fmt"

	"github.com/boxp/dindify/fn/report"
)

// refuseDuplicateObjects refuses a workload that is in the input twice, for example in a file and its copy, if objects
// are generated for it: they would also be duplicates.
func (c *converter) refuseDuplicateObjects() {
	first := map[string]*Client{}
	for _, client := range c.clients {
		if len(client.generated) == 0 {
			continue
		}
		other := first[client.ref.String()]
		switch {
		case other == nil:
			first[client.ref.String()] = client
		case other.ref != client.ref: // an object may have several pods
			client.report.Add(report.Finding{
				Severity: report.Error, Object: client.ref,
				Reason: report.Because(report.ObjectTwice,
					"the same object is in the input twice, in %s and in %s, so generated objects would also be duplicates: remove "+
						"one, convert the files separately, or set spec.cleanup.mode to Sidecar",
					sourceLocation(other.ref), sourceLocation(client.ref)),
			})
		}
	}
}

// sourceLocation returns where an object is in the input.
func sourceLocation(o report.Object) string {
	file := cmp.Or(o.File, "standard input")
	if o.Line > 0 {
		return fmt.Sprintf("%s:%d", file, o.Line)
	}
	return fmt.Sprintf("%s (document %d)", file, o.Index+1)
}
