package fast

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// literal reads a literal block.
func (r *reader) literal(at, column int) *yaml.Node {
	header := strings.TrimRight(r.text[at:r.end], " ")
	n := r.node(yaml.ScalarNode, yaml.NodeTagString, at)
	n.Style = yaml.LiteralStyle
	text := r.block(column)
	switch body := strings.TrimRight(text, "\n"); header {
	case "|+":
		n.Value = text
	case "|-":
		n.Value = body
	case "|":
		n.Value = body + text[len(body):min(len(body)+1, len(text))]
	default:
		r.unsupported = true
	}
	if !r.unsupported {
		r.next()
	}
	return n
}

// block reads the lines indented deeper than the column, and removes their indentation. The reader stays on the last
// of them.
func (r *reader) block(column int) string {
	from := min(r.end+1, len(r.text))
	indent := r.indentOf(from)
	if indent <= column {
		r.unsupported = true
		return ""
	}
	var out strings.Builder
	out.Grow(min(len(r.text)-from, 1024))
	for from < len(r.text) {
		end, next := len(r.text), len(r.text)
		if i := strings.IndexByte(r.text[from:], '\n'); i >= 0 {
			end = from + i
			next = end + 1
		}
		switch line := r.text[from:end]; {
		case blanks(line) >= indent:
			out.WriteString(line[indent:])
		case blanks(line) < len(line):
			return out.String()
		}
		out.WriteString(r.text[end:next])
		r.line, r.end = r.line+1, end
		from = next
	}
	return out.String()
}

// indentOf returns the indentation of a block's first line; 0 if the block does not begin with a line of text.
func (r *reader) indentOf(from int) int {
	n := blanks(r.text[from:])
	if at := from + n; at == len(r.text) || r.text[at] == '\n' || r.text[at] == '\t' {
		return 0
	}
	return n
}

func blanks(s string) int {
	n := 0
	for n < len(s) && s[n] == ' ' {
		n++
	}
	return n
}
