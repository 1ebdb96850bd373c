package yamldoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// isJSON reports whether the text is JSON, which is also YAML but may have readers that accept only JSON.
func (d *Draft) isJSON() bool {
	if d.json == nil { // each edited collection asks
		is := strings.HasPrefix(strings.TrimSpace(d.text), "{") && json.Valid([]byte(d.text))
		d.json = &is
	}
	return *d.json
}

// encodeJSON encodes the whole tree with the indentation of the text.
func (d *Draft) encodeJSON() ([]byte, error) {
	var flat bytes.Buffer
	if err := writeJSON(&flat, d.root); err != nil {
		return nil, err
	}
	body := strings.TrimLeft(d.text, " \t\r\n")
	lead := d.text[:len(d.text)-len(body)] // of a list element
	left := lead[strings.LastIndexByte(lead, '\n')+1:]
	out := bytes.NewBufferString(lead)
	_, rest, _ := strings.Cut(body, "\n")
	second, _, _ := strings.Cut(rest, "\n")
	if strings.TrimSpace(second) == "" {
		out.Write(flat.Bytes())
		return append(out.Bytes(), d.end()...), nil
	}
	err := json.Indent(out, flat.Bytes(), left, strings.TrimPrefix(margin(second), left))
	return append(out.Bytes(), d.end()...), err
}

// margin returns the white space at the start of a line.
func margin(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " \t"))] }

// JSON returns the document as JSON, in the form of another JSON text: on one line, or with the same indentation.
// Each mapping of that text has its lines at the same margin as the result's.
func (d *Document) JSON(like string) (string, error) {
	model, err := read(like, fast.Read)
	if err != nil {
		return "", err
	}
	defer model.free()
	draft := &Draft{text: like, tree: model}
	l := &layout{lines: splitLines(like)}
	if model.root == nil || !l.measureFlow(draft, model.root) {
		return "", errNotJSON
	}
	r := &renderer{layout: l, d: draft}
	f := r.flowWriter(model.root)
	f.style.quoted = true
	var out []byte
	d.View(func(root *yaml.Node) { out = f.value(nil, root, strings.TrimSuffix(f.margin, f.unit)) })
	return string(out), nil
}

var errNotJSON = errors.New("not a JSON document")

// end returns the line break at the end of the text, if there is one.
func (d *Draft) end() string {
	if strings.HasSuffix(d.text, "\n") {
		return d.lineEnd() + "\n"
	}
	return ""
}

func writeJSON(out *bytes.Buffer, n *yaml.Node) error {
	n = Target(n)
	switch n.Kind {
	case yaml.MappingNode:
		out.WriteByte('{')
		for i := 0; i < len(n.Content); i += 2 {
			if i > 0 {
				out.WriteByte(',')
			}
			if err := writeString(out, n.Content[i].Value); err != nil {
				return err
			}
			out.WriteByte(':')
			if err := writeJSON(out, n.Content[i+1]); err != nil {
				return err
			}
		}
		out.WriteByte('}')
	case yaml.SequenceNode:
		out.WriteByte('[')
		for i, c := range n.Content {
			if i > 0 {
				out.WriteByte(',')
			}
			if err := writeJSON(out, c); err != nil {
				return err
			}
		}
		out.WriteByte(']')
	default:
		if n.ShortTag() == yaml.NodeTagString || !json.Valid([]byte(n.Value)) {
			return writeString(out, n.Value)
		}
		out.WriteString(n.Value)
	}
	return nil
}

func writeString(out *bytes.Buffer, s string) error {
	if fast.IsASCII(s) && !strings.ContainsAny(s, "\"\\\n\t") {
		out.WriteString(`"` + s + `"`)
		return nil
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return err
	}
	out.Truncate(out.Len() - 1) // the encoder's line break
	return nil
}
