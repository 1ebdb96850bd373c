package convert

import (
	"fmt"
	"slices"

	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// prove undoes the conversion of a document on a copy. The text must be the one that was converted, byte for byte; if
// not, each converted object gets an error, and the run changes nothing.
//
// That a second conversion gives the same text follows. A conversion is a function of the configuration and of the
// documents in the set: passes read nothing else. The undone documents are the ones that were converted, and generated
// objects are removed before they are generated again into the same places (kube.Set.Make).
func (c *Conversion) prove(w *work) {
	undone, why := journal.Undo(c.Set, w.item, w.converted, c.leads)
	if why == nil && undone != w.before {
		undone, why = c.keepWhole(w)
	}
	if why == nil && undone != w.before {
		why = fmt.Errorf("line %d of the document would come back different", firstDifference(w.before, undone))
	}
	if why == nil {
		return
	}
	for _, ref := range w.refs {
		w.report.Add(report.Finding{Severity: report.Error, Object: ref, Reason: report.Because(report.NotReversible,
			"the original could not be restored from the conversion, so nothing was changed: %v; write the object in block "+
				"style, or exclude it with the annotation %s: \"false\"", why, kube.Convert)})
	}
}

// keepWhole records the whole text of a document whose spacing a revert could not restore, and undoes it again. It is
// in the journal of the object that goes back last: jobs follow their clients, see revert.
func (c *Conversion) keepWhole(w *work) (undone string, err error) {
	last := w.converted[len(w.converted)-1]
	err = c.Set.Edit(w.item, func(objects []*kube.Object) error {
		i := slices.IndexFunc(objects, func(o *kube.Object) bool { return o.PathInDocument() == last })
		return journal.KeepWhole(objects[i], w.before)
	})
	if err != nil {
		return "", err
	}
	return journal.Undo(c.Set, w.item, w.converted, c.leads)
}

// firstDifference is the number of the first line in which two texts differ, from 1.
func firstDifference(a, b string) int {
	line := 1
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			break
		}
		if a[i] == '\n' {
			line++
		}
	}
	return line
}
