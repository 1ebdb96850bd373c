package fast

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// scalar reads the value at an offset of the line, for an entry of a collection in that column, and goes to the line
// after it.
func (r *reader) scalar(at, column int) *yaml.Node {
	var n *yaml.Node
	var behind int
	switch r.text[at] {
	case '"', '\'':
		n, behind = r.quoted(at)
	case '{', '[':
		n, behind = r.flow(at)
	case '*':
		n, behind = r.alias(at)
	case '|':
		return r.literal(at, column)
	default:
		behind = r.plainEnd(at)
		n = r.plain(at, behind)
	}
	if !r.unsupported && !r.endsBehind(behind) {
		r.unsupported = true
	}
	if !r.unsupported {
		r.next()
	}
	return n
}

// plainEnd finds the end of a plain scalar: the end of the line, or the blank before a comment.
func (r *reader) plainEnd(at int) int {
	if line := r.text[at:r.end]; strings.IndexByte(line, '#') >= 0 {
		if i := strings.Index(line, " #"); i >= 0 {
			return at + i
		}
	}
	return r.end
}

// endsBehind reports whether only a comment follows on the line.
func (r *reader) endsBehind(at int) bool {
	next := r.skipBlanks(at)
	return next == r.end || next > at && r.isComment(next)
}

// isComment reports whether a comment begins there that may be skipped.
func (r *reader) isComment(at int) bool {
	if r.text[at] != '#' {
		return false
	}
	r.Commented = true
	r.unsupported = r.unsupported || !r.skipsComments
	return true
}

// plain reads a plain scalar that ends at an offset, without trailing blanks.
func (r *reader) plain(at, end int) *yaml.Node {
	value := strings.TrimRight(r.text[at:end], " ")
	if r.unsupported = r.unsupported || !beginsPlain(value) || !isPlain(value); r.unsupported {
		return nil
	}
	n := r.node(yaml.ScalarNode, yaml.NodeTagString, at)
	if n.Value = value; !isString(value) {
		n.Tag = ""
		n.Tag = n.ShortTag() // left to the parser
	}
	return n
}

// isString reports whether a plain scalar is certainly a string. It is false for some strings, too.
func isString(s string) bool {
	switch s {
	case "true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL":
		return false
	}
	return classes[s[0]]&numeric == 0 || IsQuantity(s) || IsOption(s)
}

// IsOption reports whether a scalar is an option such as -c and --flag.
func IsOption(s string) bool {
	return len(s) > 1 && s[0] == '-' && (s[1] == '-' || s[1] >= 'a' && s[1] <= 'z' || s[1] >= 'A' && s[1] <= 'Z')
}

// IsQuantity reports whether a scalar is a quantity such as 500m and 2Gi: no number or date in any notation that
// begins with a digit ends in such a letter.
func IsQuantity(s string) bool {
	return s != "" && s[0] >= '0' && s[0] <= '9' && strings.IndexByte("mkKMGTPi", s[len(s)-1]) >= 0
}

// beginsPlain reports whether the first character has no special meaning in YAML.
func beginsPlain(s string) bool {
	if s == "" || s == "-" || s == "<<" {
		return false
	}
	if s[0] == '-' {
		return s[1] != ' '
	}
	return classes[s[0]]&indicator == 0
}

// isPlain reports whether a text contains neither a comment nor a key.
func isPlain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case classes[c]&separator == 0:
		case c == '\t', c == '#' && i > 0 && s[i-1] == ' ', c == ':' && (i+1 == len(s) || s[i+1] == ' '):
			return false
		}
	}
	return true
}
