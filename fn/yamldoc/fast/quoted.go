package fast

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// quoted reads a quoted scalar, and returns the offset after it.
func (r *reader) quoted(at int) (n *yaml.Node, behind int) {
	end := r.closing(at)
	if end < 0 || strings.IndexByte(r.text[at:end], '\t') >= 0 {
		r.unsupported = true
		return nil, r.end
	}
	n = r.node(yaml.ScalarNode, yaml.NodeTagString, at)
	n.Value = r.text[at+1 : end]
	if n.Style = yaml.SingleQuotedStyle; r.text[at] == '\'' {
		if strings.IndexByte(n.Value, '\'') >= 0 {
			n.Value = strings.ReplaceAll(n.Value, "''", "'")
		}
		return n, end + 1
	}
	n.Style = yaml.DoubleQuotedStyle
	if strings.IndexByte(n.Value, '\\') >= 0 {
		n.Value = r.unescaped(n.Value)
	}
	return n, end + 1
}

// closing returns the offset of the quote that ends a scalar on its line, or -1.
func (r *reader) closing(at int) int {
	quote := r.text[at]
	for i := at + 1; i < r.end; i++ {
		switch c := r.text[i]; {
		case c == '\\' && quote == '"':
			i++
		case c == quote && quote == '\'' && i+1 < r.end && r.text[i+1] == quote:
			i++
		case c == quote:
			return i
		}
	}
	return -1
}

// unescaped handles the most common escapes.
func (r *reader) unescaped(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			out.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case '\\', '"':
			out.WriteByte(s[i])
		case 'n':
			out.WriteByte('\n')
		case 't':
			out.WriteByte('\t')
		default:
			r.unsupported = true
			return ""
		}
	}
	return out.String()
}
