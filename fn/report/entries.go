package report

import "slices"

// Entry says what an id means, and what to do where one of that id is met.
type Entry struct{ ID, Means, Do string }

const nothing = "Nothing: it says what was done."

// Entries are all ids, by what they are about: one table a file.
var Entries = slices.Concat(
	runEntries, discoveryEntries, conversionEntries, cleanupEntries, limitEntries, revertEntries,
)
