package kube

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// JournalAnnotation holds what a conversion did to the object, so that it can be taken back. It stands on the object,
// never on its pod template: there it would restart pods.
const JournalAnnotation = "dindify.dev/journal"

const journalVersion = 1

// journal is the annotation's content. It is written by the run that converts, and read by any later one; in between
// it belongs to whoever can edit the manifest, so it is checked like any other input: see trust.go.
type journal struct {
	Version int    `json:"version" yaml:"version"`
	Object  string `json:"object" yaml:"object"` // Kind/name when it was converted
	Edits   []edit `json:"edits" yaml:"edits"`
	Lines   []line `json:"lines,omitempty" yaml:"lines,omitempty"`
}

// edit is what was changed in one list or mapping.
type edit struct {
	In   string            `json:"in" yaml:"in"`                         // path from the object's root; "" for the root
	Made bool              `json:"made,omitempty" yaml:"made,omitempty"` // the list or mapping was made, and goes when nothing is left in it
	Was  string            `json:"was,omitempty" yaml:"was,omitempty"`   // of one that was made where null stood: the entry as it was
	Drop map[string]string `json:"drop,omitempty" yaml:"drop,omitempty"` // entries that were added: key, and value where it is short
	Put  []put             `json:"put,omitempty" yaml:"put,omitempty"`   // entries that were removed or replaced
}

// put is one entry as it was.
type put struct {
	At   int    `json:"at" yaml:"at"`                       // index among the entries
	Text string `json:"text" yaml:"text"`                   // as it stood in the manifest, in the first column
	Now  string `json:"now,omitempty" yaml:"now,omitempty"` // the value that replaced it; sum: and a hash where that is long
}

// line is an entry that was edited inside, and whose spacing and quotes went with that: one in flow style.
type line struct {
	In   string `json:"in" yaml:"in"`     // path from the object's root
	Text string `json:"text" yaml:"text"` // as it stood in the manifest, in the first column
}

// Seal writes the journals of what was done to objects of one document since it was read. It does nothing where nothing
// was done. What was edited is looked for once, since a List may have thousands of objects.
func Seal(objects []*Object) error {
	for _, o := range objects {
		for _, f := range o.pruned {
			f.removeIfEmpty()
		}
	}
	if len(objects) == 0 || !objects[0].item.doc.Edited() {
		return nil
	}
	journals, annotations := make([]journal, len(objects)), make([]*yaml.Node, len(objects))
	for i, o := range objects {
		journals[i], annotations[i] = o.beginJournal()
	}
	rec := objects[0].item.doc.Record()
	for i, o := range objects {
		o.Root().record(rec, &journals[i])
		text, err := o.journalText(journals[i], rec)
		if err != nil {
			return err
		}
		o.item.doc.SetText(annotations[i], JournalAnnotation, text)
	}
	return nil
}

// beginJournal makes room among the annotations: what that does to the lines is to be noted too.
func (o *Object) beginJournal() (journal, *yaml.Node) {
	j := journal{Version: journalVersion, Object: o.Title()}
	if o.hasOnlyHostAnnotations() {
		j.Edits = []edit{{In: "metadata.annotations", Made: true}} // undo goes backwards, and comes to it last
	}
	annotations := o.Root().Get("metadata", "annotations").ensure(yaml.MappingNode)
	o.item.doc.SetText(annotations, JournalAnnotation, "")
	return j, annotations
}

func (o *Object) journalText(j journal, rec *yamldoc.Recorder) (string, error) {
	// Its lists stand as deep as the document's. kpt takes the first list that it sees in a file for the style of all
	// (kyaml DeriveSeqIndentStyle), and this one may be it.
	wide := o.Annotation("internal.config.kubernetes.io/seqindent") == "wide" || rec.Wide()
	text, err := o.item.doc.Encode(j, wide)
	if err != nil {
		return "", err
	}
	if len(text) > limits.Journal {
		return "", fmt.Errorf("%s: the journal of its conversion has %d bytes, more than the %d that fit into an annotation", o.Ref(), len(text), limits.Journal)
	}
	// No line end at its own end: it may come to stand at the end of a file that has none either.
	return strings.TrimSuffix(text, "\n"), nil
}

// hasOnlyHostAnnotations is true where nobody but the function's host has annotated the object: what the host took
// away again would otherwise leave an empty mapping behind.
func (o *Object) hasOnlyHostAnnotations() bool {
	annotations := o.Root().Get("metadata", "annotations")
	return len(annotations.Keys()) > 0 && !slices.ContainsFunc(annotations.Keys(), func(key string) bool {
		return !isOrchestrators(key) && key != Serves
	})
}

// readJournal decodes the annotation, strictly.
func readJournal(text string) (j journal, err error) {
	dec := yaml.NewDecoder(bytes.NewBufferString(text + "\n")) // see Seal
	dec.KnownFields(true)
	if err := dec.Decode(&j); err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("it is empty")
		}
		return j, err
	}
	if j.Version != journalVersion {
		return j, fmt.Errorf("version %d is not known to this dindify, which reads version %d: use the dindify that wrote it", j.Version, journalVersion)
	}
	return j, nil
}

func damaged(err error) report.Reason {
	return report.Because(report.JournalDamaged,
		"the journal of the conversion cannot be used: %v; restore the annotation from version control, or remove it and the rest of the conversion by hand", err)
}
