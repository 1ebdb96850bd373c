package journal

import (
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Prepare gives objects an empty journal, before their aliases are collapsed again: two objects that share their
// annotations by an anchor then differ.
func Prepare(objects []*kube.Object) {
	for _, o := range objects {
		o.Annotate(Annotation, "")
	}
}

// Seal writes the journals of all edits since the document was parsed, after Prepare. It does nothing if there are
// none. It searches for edits once for all objects, since a List may have thousands.
func Seal(objects []*kube.Object, mark func(*kube.Object) Mark) error {
	if len(objects) == 0 || !objects[0].Draft().Edited() {
		return nil
	}
	journals := make([]journal, len(objects))
	for i, o := range objects {
		journals[i] = journal{Version: version, Object: o.Title(), Mark: mark(o)}
		if hasOnlyHostAnnotations(o) {
			journals[i].Edits = []edit{{In: "metadata.annotations", Made: true}} // a revert goes backwards
		}
	}
	rec := objects[0].Draft().Record()
	for i, o := range objects {
		r := recorder{Recorder: rec, j: &journals[i]}
		r.record(o.Root())
		text, err := r.write(o)
		if err != nil {
			return err
		}
		o.Annotate(Annotation, text)
	}
	return nil
}

// write encodes the journal. Its lists have the indentation of the document's lists: kpt takes the first list in a
// file as the style of all (kyaml DeriveSeqIndentStyle), and that may be this one.
func (r recorder) write(o *kube.Object) (string, error) {
	style := r.SequenceStyle()
	if o.Annotation("internal.config.kubernetes.io/seqindent") == string(yaml.WideSequenceStyle) {
		style = yaml.WideSequenceStyle
	}
	text, err := yamldoc.Encode(*r.j, style)
	if err != nil {
		return "", err
	}
	if len(text) > limits.Journal || r.j.count() > maxEdits {
		return "", &TooLargeError{o.Ref(), len(text), r.j.count()}
	}
	// No final line break: the journal may be at the end of a file that has none.
	return strings.TrimSuffix(text, "\n"), nil
}

// TooLargeError is the error for a journal beyond the limits.
type TooLargeError struct {
	Object       report.Object
	bytes, edits int
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("the journal of the conversion would have %d bytes and %d edits, more than the limits of "+
		"%d and %d: move long comments away from the fields that change", e.bytes, e.edits, limits.Journal, maxEdits)
}

// hasOnlyHostAnnotations reports whether only the function's host has annotated the object. The host removes its
// annotations again, which would leave an empty mapping. A mapping that was empty before is kept.
func hasOnlyHostAnnotations(o *kube.Object) bool {
	annotations := o.Root().Get("metadata", "annotations").Node()
	if annotations == nil || annotations.Line > 0 && len(o.Draft().Original(annotations)) == 0 {
		return false
	}
	keys := slices.DeleteFunc(yamldoc.Keys(annotations), func(key string) bool { return key == Annotation })
	return len(keys) > 0 && !slices.ContainsFunc(keys, func(key string) bool {
		return !kube.IsHostAnnotation(key) && key != kube.ServesAnnotation
	})
}
