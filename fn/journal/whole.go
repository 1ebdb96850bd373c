package journal

import (
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// KeepWhole adds the text of the whole document to the journal of an object, for documents whose spacing cannot be
// restored entry by entry. A revert prints the text if it equals the tree then.
func KeepWhole(o *kube.Object, text string) error {
	j, err := read(o.Annotation(Annotation))
	if err != nil {
		return err
	}
	// Whether it ends in a line break depends on what follows in the file; see reprintWhole.
	j.Lines = []line{{Text: strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n") + "\n"}}
	r := recorder{Recorder: o.Draft().Record(), j: &j}
	again, err := r.write(o)
	if err == nil {
		o.Annotate(Annotation, again)
	}
	return err
}

func (c *Conversion) reprintWhole(text string) {
	doc := c.o.Draft()
	if text = strings.TrimSuffix(text, "\n"); strings.HasSuffix(doc.Text(), "\n") {
		text += "\n"
	}
	if strings.Contains(doc.Text(), "\r\n") {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	doc.PrintAs(text)
}
