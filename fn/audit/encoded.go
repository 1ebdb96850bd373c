package audit

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// encodedFields maps the kinds of the core group that hold values in base64 to their field.
var encodedFields = map[string]string{"ConfigMap": "binaryData", "Secret": "data"}

// mayEncode reports whether a document may have an object of such a kind.
func mayEncode(text string) bool {
	for _, word := range append([]string{" Secret", `"Secret"`, "'Secret'", "binaryData"}, gzipped...) {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
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
			m.Line, m.Text = value.Node().Line, ""
			f := d.facts(o)
			all = append(all, context{
				m: m, object: o, facts: f, field: value, found: true, path: f.Path(value), encoded: true,
				replaced: d.replaced,
			})
		}
	}
	return all
}
