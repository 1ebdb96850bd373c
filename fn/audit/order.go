package audit

import (
	"cmp"
	"slices"
)

// Sort sorts rows and mentions by file, then by line. The order within a line is kept.
func (a *Account) Sort() {
	slices.SortStableFunc(a.Rows, func(x, y Row) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line))
	})
	slices.SortStableFunc(a.Mentions, func(x, y Mention) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line))
	})
	for i := range a.Rows {
		a.Rows[i].coverOthers()
	}
}

// coverOthers leaves in what a row covers each other line once.
func (r *Row) coverOthers() {
	slices.Sort(r.Covers)
	r.Covers = slices.Compact(slices.DeleteFunc(r.Covers, func(line int) bool { return line == r.Line }))
}
