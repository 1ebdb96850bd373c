package verify

import (
	"context"
	"slices"
)

// Level is the depth of a check. Each level includes those before it.
type Level string

// Levels.
const (
	Look   Level = "look"   // reads objects and asks for reviews
	Exec   Level = "exec"   // runs commands in the pod that only read
	Nested Level = "nested" // creates one image and short-lived containers in the pod's own daemon, and removes them
	Canary Level = "canary" // creates a temporary Job with a copy of the pod
)

// Check is one check of a workload or of the cluster.
type Check struct {
	ID         string
	Level      Level
	About      string  // its subject, in a few words
	Rights     []Right // in addition to those of its level; without one the result is unknown
	Reads      []Right // what it reads besides; without one it sees less
	Pre        bool    // with --pre it runs on manifests that are not applied yet
	OnlyPre    bool    // it applies only with --pre
	EachPod    bool    // runs on each chosen pod, not only on the first
	Disruptive bool    // needs --disruptive
	Run        func(context.Context, *Subject) Finding
}

// Needs returns the rights without which a check is not run: its result is unknown.
func (c Check) Needs() []Right { return slices.Concat(levelNeeds[c.Level], c.Rights) }

// Uses returns all rights that a check makes use of, those first without which it is not run.
func (c Check) Uses() []Right {
	return distinct(slices.Concat(c.Needs(), levelReads[c.Level], c.Reads))
}

// Find returns the check with an id.
func Find(id string) (Check, bool) {
	for _, list := range [][]Check{ClusterChecks, Checks} {
		for _, c := range list {
			if c.ID == id {
				return c, true
			}
		}
	}
	return Check{}, false
}

// IDs returns the ids of all checks.
func IDs() []string {
	var all []string
	for _, list := range [][]Check{ClusterChecks, Checks} {
		for _, c := range list {
			all = append(all, c.ID)
		}
	}
	return all
}
