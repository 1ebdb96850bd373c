package manifest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/document"
	"github.com/boxp/dindify/fn/report"
)

// JournalAnnotation holds what a conversion did to the object, so that it can be taken back. It stands on the object,
// never on its pod template: there it would restart pods.
const JournalAnnotation = "dindify.dev/journal"

const (
	journalVersion = 1
	// maxJournal keeps the annotations of an object below the API server's limit for all of them together, 256 KiB
	// (k8s.io/apimachinery TotalAnnotationSizeLimitB), with room for those of others.
	maxJournal = 192 << 10
)

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

// Seal writes the journal of what was done to the object since it was read. It does nothing where nothing was done.
func (o *Object) Seal() error {
	for _, f := range o.pruned {
		f.removeIfEmpty()
	}
	j := journal{Version: journalVersion, Object: o.Title()}
	rec := o.item.doc.Record()
	o.Root().record(rec, &j)
	if len(j.Edits) == 0 {
		return nil
	}
	if o.hasOnlyHostAnnotations() {
		made := []edit{{In: "metadata.annotations", Made: true}}
		if !o.Root().Get("metadata").Exists() {
			made = slices.Insert(made, 0, edit{In: "metadata", Made: true})
		}
		j.Edits = append(made, j.Edits...) // undo goes backwards, and comes to them last
	}
	annotations := o.Root().Get("metadata", "annotations").ensure(yaml.MappingNode)
	o.item.doc.Set(annotations, JournalAnnotation, document.Str("")) // its entry's lines change too
	o.Root().recordLines(rec, &j)
	text, err := document.Encode(j, o.isWide())
	if err != nil {
		return err
	}
	if len(text) > maxJournal {
		return fmt.Errorf("%s: the journal of its conversion has %d bytes, more than the %d that fit into an annotation", o.Ref(), len(text), maxJournal)
	}
	// No line end at its own end: it may come to stand at the end of a file that has none either.
	o.item.doc.Set(annotations, JournalAnnotation, document.Str(strings.TrimSuffix(string(text), "\n")))
	return nil
}

// isWide says whether the object's lists stand deeper than their keys. The journal's do the same: kpt takes the first
// list that it sees in a file for the style of all (kyaml DeriveSeqIndentStyle), and this one may be it.
func (o *Object) isWide() bool {
	return o.Annotation("internal.config.kubernetes.io/seqindent") == "wide" || o.item.doc.IsWide()
}

// hasOnlyHostAnnotations is true where nobody but the function's host has annotated the object: what the host took
// away again would otherwise leave an empty mapping behind.
func (o *Object) hasOnlyHostAnnotations() bool {
	return !slices.ContainsFunc(document.Keys(o.node, "metadata", "annotations"), func(key string) bool {
		return !isOrchestrators(key) && key != Serves
	})
}

// record goes down the object and notes the change of every edited collection, the outer ones first.
func (f Field) record(rec *document.Recorder, j *journal) {
	if f.node == nil || f.node.Kind == yaml.ScalarNode || f.node.Line == 0 {
		return // what was added is noted as an entry of what it was added to
	}
	if c, ok := rec.Of(f.node); ok {
		e := edit{In: f.path, Drop: map[string]string{}}
		for _, a := range c.Added {
			f.recordAdded(a, &e, j)
		}
		for _, r := range c.Removed {
			e.Put = append(e.Put, put{At: r.At, Text: r.Text})
		}
		for _, r := range c.Replaced {
			e.Put = append(e.Put, put{At: r.At, Text: r.Text, Now: fingerprint(f.Get(r.Key.Value).node)})
		}
		if len(e.Drop)+len(e.Put) > 0 {
			j.Edits = append(j.Edits, e)
		}
	}
	for _, child := range f.children() {
		child.record(rec, j)
	}
}

// recordLines goes down the object and notes the text of the entries that will be printed anew.
func (f Field) recordLines(rec *document.Recorder, j *journal) {
	if f.node == nil || f.node.Kind == yaml.ScalarNode || f.node.Line == 0 {
		return
	}
	again := rec.Reprinted(f.node)
	for _, child := range f.children() {
		child.recordLines(rec, j)
		for _, e := range again {
			if e.Value == child.node {
				j.Lines = append(j.Lines, line{In: child.path, Text: e.Text})
			}
		}
	}
}

func (f Field) children() []Field {
	if f.node.Kind == yaml.SequenceNode {
		return f.Items()
	}
	var all []Field
	for _, key := range f.Keys() {
		all = append(all, f.Get(key))
	}
	return all
}

// recordAdded notes an entry that was added. Of a list or mapping that others may add to, it notes the entries, so that
// theirs survive.
func (f Field) recordAdded(a document.Entry, e *edit, j *journal) {
	key := entryKey(f.path, a)
	if a.Key == nil || !shared(key) {
		e.Drop[key] = gist(a.Value)
		return
	}
	made := f.Get(key)
	at := len(j.Edits)
	inner := edit{In: made.path, Made: true, Drop: map[string]string{}}
	j.Edits = append(j.Edits, inner) // before those in it: undo goes backwards, and empties it from the inside
	k := 1
	if made.node.Kind == yaml.MappingNode {
		k = 2
	}
	for i := 0; i < len(made.node.Content); i += k {
		sub := document.Entry{Value: made.node.Content[i+k-1]}
		if k == 2 {
			sub.Key = made.node.Content[i]
		}
		made.recordAdded(sub, &inner, j)
	}
	j.Edits[at] = inner
}

// shared are the fields that others add to.
func shared(key string) bool {
	return slices.Contains([]string{
		"volumes", "initContainers", "containers", "hostAliases", "annotations", "securityContext", "supplementalGroups",
		"env", "volumeMounts", "metadata",
	}, key)
}

// entryKey names an entry in its collection: a key, the merge key of an element, or the scalar itself.
func entryKey(path string, e document.Entry) string {
	if e.Key != nil {
		return e.Key.Value
	}
	if v := document.Target(e.Value); v.Kind == yaml.ScalarNode {
		return v.Value
	}
	if key := listKey(path); key != "" {
		return document.Text(e.Value, key)
	}
	return fmt.Sprint(e.At)
}

// fingerprint is a value as the journal remembers it: a short scalar itself, anything longer by its hash.
func fingerprint(n *yaml.Node) string {
	if n = document.Target(n); n == nil {
		return ""
	}
	if n.Kind == yaml.ScalarNode && len(n.Value) <= 80 {
		return n.Value
	}
	var v any
	if err := n.Decode(&v); err != nil {
		return ""
	}
	data, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return "sum:" + hex.EncodeToString(sum[:6])
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
