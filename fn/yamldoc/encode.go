package yamldoc

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// single is a collection of entry i alone.
func single(n *yaml.Node, i int) yaml.Node {
	return yaml.Node{Kind: n.Kind, Tag: n.Tag, Content: n.Content[i : i+step(n)]}
}

// entryText is the text of entry i as it would stand in the first column.
func (d *Draft) entryText(n *yaml.Node, i int, wide bool) string {
	if text := d.verbatim[n.Content[i+step(n)-1]]; text != "" {
		return text
	}
	one := single(n, i)
	if isOfText(&one) {
		d.comment()
	}
	text, err := encode(&one, wide)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(text, "\n")
}

// appendIndented appends lines further to the right, and lets them end in that besides "\n".
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

// encode prints the whole tree anew, as kyaml does.
func (d *Draft) encode() (string, error) {
	if d.isJSON() {
		text, err := d.encodeJSON()
		return string(text), err
	}
	d.comment()
	text, err := encode(d.root, d.hasWide())
	if err != nil {
		return "", err
	}
	out := appendIndented(nil, strings.TrimSuffix(text, "\n"), max(d.root.Column-1, 0), d.lineEnd())
	if !strings.HasSuffix(d.text, "\n") {
		return strings.TrimSuffix(string(out), "\r"), nil
	}
	return string(out) + "\n", nil
}

func encode(n *yaml.Node, wide bool) (string, error) {
	if text, ok := printBuilt(n, wide); ok {
		return text, nil
	}
	style := yaml.CompactSequenceStyle
	if wide {
		style = yaml.WideSequenceStyle
	}
	// An alias would be printed without its anchor where only a part is encoded; the reader of the text checks that.
	text, err := yaml.MarshalWithOptions(spellNulls(n, false), &yaml.EncoderOptions{SeqIndent: style})
	return string(text), err
}
