package yamldoc

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// single returns a collection that has only entry i.
func single(n *yaml.Node, i int) yaml.Node {
	return yaml.Node{Kind: n.Kind, Tag: n.Tag, Content: n.Content[i : i+step(n)]}
}

// entryText returns the encoded text of entry i in the first column.
func (d *Draft) entryText(n *yaml.Node, i int, style yaml.SequenceIndentStyle) string {
	if text := d.verbatim[n.Content[i+step(n)-1]]; text != "" {
		return text
	}
	one := single(n, i)
	if isOfText(&one) {
		d.comment()
	}
	text, err := encode(&one, style)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(text, "\n")
}

// appendIndented appends lines with more indentation, and with the given line end before "\n".
func appendIndented(out []byte, text string, column int, lineEnd string) []byte {
	margin, first := strings.Repeat(" ", column), true
	for line := range strings.SplitSeq(text, "\n") {
		if !first {
			out = append(out, '\n')
		}
		if first = false; !isBlank(line) {
			out = append(out, margin...)
		}
		out = append(append(out, strings.TrimSuffix(line, "\r")...), lineEnd...)
	}
	return out
}

// encode encodes the whole tree, as kyaml does.
func (d *Draft) encode() (string, error) {
	if d.isJSON() {
		text, err := d.encodeJSON()
		return string(text), err
	}
	d.comment()
	text, err := encode(d.root, d.sequenceStyle())
	if err != nil {
		return "", err
	}
	out := appendIndented(nil, strings.TrimSuffix(text, "\n"), max(d.root.Column-1, 0), d.lineEnd())
	if !strings.HasSuffix(d.text, "\n") {
		return strings.TrimSuffix(string(out), "\r"), nil
	}
	return string(out) + "\n", nil
}

func encode(n *yaml.Node, style yaml.SequenceIndentStyle) (string, error) {
	if text, ok := printBuilt(n, style); ok {
		return text, nil
	}
	// If only a part is encoded, an alias may be printed without its anchor; the caller checks the text.
	text, err := yaml.MarshalWithOptions(spellNulls(n), &yaml.EncoderOptions{SeqIndent: style})
	return string(text), err
}
