package fast

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// scalar reads what stands at that place of the line, as the value of an entry of a collection in that column, and goes
// to the line behind it.
func (r *reader) scalar(at, column int) *yaml.Node {
	var n *yaml.Node
	var behind int
	switch r.text[at] {
	case '"', '\'':
		n, behind = r.quoted(at)
	case '{', '[':
		n, behind = r.flow(at)
	case '|':
		return r.literal(at, column)
	default:
		behind = r.plainEnd(at)
		n = r.plain(at, behind)
	}
	if !r.odd && !r.endsBehind(behind) {
		r.odd = true
	}
	if !r.odd {
		r.next()
	}
	return n
}

// plainEnd finds the end of a scalar without quotes: that of the line, or the blank before a comment.
func (r *reader) plainEnd(at int) int {
	if i := strings.Index(r.text[at:r.end], " #"); i >= 0 {
		return at + i
	}
	return r.end
}

// endsBehind says whether nothing but a comment follows on the line.
func (r *reader) endsBehind(at int) bool {
	next := r.skipBlanks(at)
	return next == r.end || next > at && r.isComment(next)
}

// isComment says whether a comment begins there that may be passed over.
func (r *reader) isComment(at int) bool {
	if r.text[at] != '#' {
		return false
	}
	r.Commented = true
	r.odd = r.odd || !r.lenient
	return true
}

// plain reads a scalar without quotes that ends there, or before the blanks there.
func (r *reader) plain(at, end int) *yaml.Node {
	value := strings.TrimRight(r.text[at:end], " ")
	if r.odd = r.odd || !beginsPlain(value) || !isPlain(value); r.odd {
		return nil
	}
	n := r.node(yaml.ScalarNode, yaml.NodeTagString, at)
	if n.Value = value; !isString(value) {
		n.Tag = ""
		n.Tag = n.ShortTag() // which the parser finds out
	}
	return n
}

// isString is true of most of what is neither a number, a date, a boolean nor null.
func isString(s string) bool {
	switch s {
	case "true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL":
		return false
	}
	return sorts[s[0]]&counting == 0 || IsQuantity(s) || IsOption(s)
}

// IsOption is true of -c and --flag.
func IsOption(s string) bool {
	return len(s) > 1 && s[0] == '-' && (s[1] == '-' || s[1] >= 'a' && s[1] <= 'z' || s[1] >= 'A' && s[1] <= 'Z')
}

// IsQuantity is true of 500m and 2Gi: no number or date of any notation that begins with a digit ends in such a letter.
func IsQuantity(s string) bool {
	return s != "" && s[0] >= '0' && s[0] <= '9' && strings.IndexByte("mkKMGTPi", s[len(s)-1]) >= 0
}

// beginsPlain is true of what does not begin with a character that means something to YAML.
func beginsPlain(s string) bool {
	if s == "" || s == "-" || s == "<<" {
		return false
	}
	if s[0] == '-' {
		return s[1] != ' '
	}
	return sorts[s[0]]&opening == 0
}

// isPlain is true of what holds neither a comment nor a key.
func isPlain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case sorts[c]&parting == 0:
		case c == '\t', c == '#' && i > 0 && s[i-1] == ' ', c == ':' && (i+1 == len(s) || s[i+1] == ' '):
			return false
		}
	}
	return true
}
