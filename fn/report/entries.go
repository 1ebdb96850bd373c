package report

import "slices"

// Entry documents an id: what it means, what to do about it, and a source for what may surprise: an issue, a
// specification or a page. Ids are stable: users filter by them.
type Entry struct{ ID, Means, Do, Source string }

const nothing = "Nothing; this is informational."

// Entries documents all ids of findings. Each file has the ids of one topic and their entries.
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
