package report

import "slices"

// Entry documents an id: what it means, what to do about it, and a source for what may surprise: an issue, a
// specification or a page. Ids are stable: users filter by them.
type Entry struct{ ID, Means, Do, Source string }

const nothing = "Nothing; this is informational."

// Topic is a group of ids.
type Topic struct {
	Name, About string
	Entries     []Entry
}

// Topics has all ids: those of findings, each topic in its own file, and the checks of verify.
var Topics = []Topic{
	{"run", "the input, the configuration and the run", runEntries},
	{"discovery", "which workloads use a runtime of the node, and for what", discoveryEntries},
	{"client", "the application's connection to its daemon", clientEntries},
	{"pod", "the daemon, its volumes, and other changes of the pod", podEntries},
	{"cleanup", "how the daemon's disk is kept from filling up", cleanupEntries},
	{"limits", "what prevents or limits a conversion", limitEntries},
	{"revert", "the journal, and reverts", revertEntries},
	{"verify", "the checks of kubectl dindify verify", Checks},
}

// Entries documents all ids of findings.
var Entries = slices.Concat(
	runEntries, discoveryEntries, clientEntries, podEntries, cleanupEntries, limitEntries, revertEntries,
)

// Source returns the source of an id's entry, or "".
func Source(id string) string {
	for _, e := range Entries {
		if e.ID == id {
			return e.Source
		}
	}
	return ""
}
