package audit

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// encodedFields maps the kinds of the core group that hold values in base64 to their field.
var encodedFields = map[string]string{"ConfigMap": "binaryData", "Secret": "data"}

// encodedWords are in each document with an object of such a kind, or with a release of Helm in a ConfigMap, which
// begins a gzipped text in base64. In a Secret it is in base64 twice.
var encodedWords = []string{" Secret", `"Secret"`, "'Secret'", "binaryData", "H4sI", "SDRzS"}

// mayEncode reports whether a document may have an object with encoded texts.
func mayEncode(text string) bool {
	return slices.ContainsFunc(encodedWords, func(word string) bool { return strings.Contains(text, word) })
}

// encoded finds the mentions in the texts that an object holds in base64. All are on the line of their field. The texts
// may be secret: nothing of them is kept but the paths.
func (d *document) encoded(o *kube.Object) (all []context) {
	if isRelease(o) {
		return d.released(o)
	}
	key, ok := encodedFields[o.Kind()]
	if !ok || o.Group() != "" {
		return nil
	}
	for _, value := range o.Root().Get(key).Values() {
		decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value.Text()))
		if err != nil || !utf8.Valid(decoded) {
			continue
		}
		for _, m := range socket.Scan(string(decoded)) {
			all = append(all, d.inEncoded(o, value, m))
		}
	}
	return all
}

// inEncoded returns a mention in the encoded text of a field, on whose line it counts.
func (d *document) inEncoded(o *kube.Object, value kube.Field, m socket.Mention) context {
	m.Line, m.Text = value.Node().Line, ""
	f := d.facts(o)
	return context{
		m: m, object: o, facts: f, field: value, found: true, path: f.Path(value), encoded: true, replaced: d.replaced,
	}
}
