package convert

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// check verifies the converted objects of a document, and then reverts them on a draft.
func (c *Conversion) check(w *work, objects []*kube.Object) {
	c.verify(w, objects)
	if c.Journal == config.JournalAnnotation {
		w.undone, w.irreversible = journal.Undo(objects, w.converted, c.leads)
	}
}

// prove compares the text that a revert of a document gives with the one that was converted. They must be the same,
// byte for byte; if not, each converted object gets an error, and the run changes nothing.
//
// That a second conversion gives the same text follows. A conversion is a function of the configuration and of the
// documents in the set: passes read nothing else. The undone documents are the ones that were converted, and generated
// objects are removed before they are generated again into the same places (kube.Set.Make).
func (c *Conversion) prove(w *work) {
	if w.irreversible == nil && w.undone != w.before {
		w.irreversible = c.keepWhole(w)
	}
	if w.irreversible == nil && w.undone != w.before {
		w.irreversible = fmt.Errorf("line %d of the document would come back different", firstDifference(w.before, w.undone))
	}
	if w.irreversible == nil {
		return
	}
	if odd := oddLineBreak(w.before); odd != nil {
		w.irreversible = odd
	}
	for _, ref := range w.refs {
		w.report.Add(report.Finding{Severity: report.Error, Object: ref, Reason: report.Because(report.NotReversible,
			"the original could not be restored from the conversion, so nothing was changed: %v; write the object in block "+
				"style, or exclude it with the annotation %s: \"false\"", w.irreversible, kube.Convert)})
	}
}

// keepWhole records the whole text of a document whose spacing a revert could not restore, and reverts it again. It is
// in the journal of the object that goes back last: jobs follow their clients, see revert.
func (c *Conversion) keepWhole(w *work) (irreversible error) {
	last := w.converted[len(w.converted)-1]
	err := c.Set.EditAndCheck(w.item, func(objects []*kube.Object) error {
		i := slices.IndexFunc(objects, func(o *kube.Object) bool { return o.PathInDocument() == last })
		return journal.KeepWhole(objects[i], w.before)
	}, func(objects []*kube.Object) {
		w.undone, irreversible = journal.Undo(objects, w.converted, c.leads)
	})
	return cmp.Or(err, irreversible)
}

// oddLineBreak names a character that some readers of YAML take for a line break. A journal with one could bring lines
// into the document, so none is read that has one.
func oddLineBreak(text string) error {
	at := strings.IndexAny(text, "\u0085\u2028\u2029")
	if at < 0 {
		return nil
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	return fmt.Errorf("line %d has the character %U, which some readers of YAML take for a line break: write it as "+
		"\\u%04x in double quotes", strings.Count(text[:at], "\n")+1, r, r)
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
