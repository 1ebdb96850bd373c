package journal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Prepare gives objects an empty journal. It comes before their aliases are put back: annotations that two objects
// share by an anchor are not the same any more.
func Prepare(objects []*kube.Object) {
	for _, o := range objects {
		o.Annotate(Annotation, "")
	}
}

// Seal writes the journals of what was done to objects of one document since it was parsed, after Prepare. It does
// nothing where nothing was done. What was edited is looked for once, since a List may have thousands of objects.
func Seal(objects []*kube.Object, mark func(*kube.Object) Mark) error {
	if len(objects) == 0 || !objects[0].Draft().Edited() {
		return nil
	}
	journals := make([]journal, len(objects))
	for i, o := range objects {
		journals[i] = journal{Version: version, Object: o.Title(), Mark: mark(o)}
		if hasOnlyHostAnnotations(o) {
			journals[i].Edits = []edit{{In: "metadata.annotations", Made: true}} // a revert goes backwards, and comes to it last
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

// write encodes the journal. Its lists stand as deep as the document's: kpt takes the first list that it sees in a file
// for the style of all (kyaml DeriveSeqIndentStyle), and this one may be it.
func (r recorder) write(o *kube.Object) (string, error) {
	wide := o.Annotation("internal.config.kubernetes.io/seqindent") == "wide" || r.Wide()
	text, err := yamldoc.Encode(*r.j, wide)
	if err != nil {
		return "", err
	}
	if len(text) > limits.Journal || r.j.count() > maxEdits {
		return "", fmt.Errorf("%s: the journal of its conversion has %d bytes and %d edits, more than the %d and %d that "+
			"are read back", o.Ref(), len(text), r.j.count(), limits.Journal, maxEdits)
	}
	// No line end at its own end: it may come to stand at the end of a file that has none either.
	return strings.TrimSuffix(text, "\n"), nil
}

// hasOnlyHostAnnotations is true where nobody but the function's host has annotated the object: what the host removes
// again would otherwise leave an empty mapping behind. One that was empty before stays.
func hasOnlyHostAnnotations(o *kube.Object) bool {
	annotations := o.Root().Get("metadata", "annotations").Node()
	if annotations == nil || annotations.Line > 0 && len(o.Draft().Original(annotations)) == 0 {
		return false
	}
	keys := slices.DeleteFunc(yamldoc.Keys(annotations), func(key string) bool { return key == Annotation })
	return len(keys) > 0 && !slices.ContainsFunc(keys, func(key string) bool {
		return !kube.IsOrchestrators(key) &&
			key != kube.Serves
	})
}
