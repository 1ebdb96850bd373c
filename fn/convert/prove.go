package convert

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// check verifies the converted objects of a document, and then reverts them on a draft.
func (c *converter) check(w *work, objects []*kube.Object) {
	c.verify(w, objects)
	if c.Journal == config.JournalAnnotation {
		w.reverted, w.irreversible = journal.RevertDraft(objects, w.converted, c.claimPath)
	}
}

// prove compares the text that a revert gives with the original text. They must be equal, byte for byte; otherwise
// each converted object gets an error, and the run changes nothing.
//
// It follows that a second conversion gives the same text: a conversion depends only on the configuration and the
// documents of the set, the reverted documents are the original ones, and generated objects are removed before they
// are generated again in the same places (kube.Set.Make).
func (c *converter) prove(w *work) {
	if w.irreversible == nil && w.reverted != w.before {
		w.irreversible = c.keepWhole(w)
	}
	if w.irreversible == nil && w.reverted != w.before {
		w.irreversible = fmt.Errorf("line %d of the document would differ after a revert",
			firstDifference(w.before, w.reverted))
	}
	if w.irreversible == nil {
		return
	}
	advice := "write the object in block style, or exclude it"
	if odd := cmp.Or(oddLineEnd(w.before), oddLineBreak(w.before)); odd != nil {
		w.irreversible, advice = odd, "or exclude the object"
	}
	for _, ref := range w.refs {
		w.report.Add(report.Finding{Severity: report.Error, Object: ref, Reason: report.Because(report.NotReversible,
			"the original could not be restored from the conversion, so nothing was changed: %v; %s "+
				"with the annotation %s: \"false\"", w.irreversible, advice, kube.ConvertAnnotation)})
	}
}

// keepWhole records the whole text of a document whose spacing a revert cannot restore, and reverts again. The text
// is in the journal of the object that is reverted last: jobs follow their clients, see revert.
func (c *converter) keepWhole(w *work) (irreversible error) {
	err := c.Set.EditAndCheck(w.item, func(objects []*kube.Object) error {
		i := slices.IndexFunc(objects, func(o *kube.Object) bool { return o.PathInDocument() == w.last })
		return journal.KeepWhole(objects[i], w.before)
	}, func(objects []*kube.Object) {
		w.reverted, irreversible = journal.RevertDraft(objects, w.converted, c.claimPath)
	})
	return cmp.Or(err, irreversible)
}

// oddLineEnd returns an error for line ends or an encoding that text generated beside them cannot have.
func oddLineEnd(text string) error {
	all, windows := strings.Count(text, "\n"), strings.Count(text, "\r\n")
	switch {
	case strings.Contains(text, "\x00"):
		return errors.New("the file has zero bytes, as in UTF-16: save it as UTF-8")
	case strings.Count(text, "\r") > windows:
		return errors.New("a line ends in a carriage return (CR) alone: end all lines with LF, or all with CRLF")
	case windows > 0 && windows < all:
		return errors.New("some lines end in CRLF and others in LF: end all lines alike")
	}
	return nil
}

// oddLineBreak returns an error for a character that some YAML readers treat as a line break. A journal with one
// could inject lines into the document, so such journals are refused.
func oddLineBreak(text string) error {
	at := strings.IndexAny(text, yamldoc.ExoticBreaks)
	if at < 0 {
		return nil
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	return fmt.Errorf("line %d has the character %U, which some YAML readers treat as a line break: write it as "+
		"\\u%04x in double quotes", strings.Count(text[:at], "\n")+1, r, r)
}

// firstDifference returns the 1-based number of the first line in which two texts differ.
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
