package document

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/quick"
)

// A tree that was built (see Build) holds no comments, anchors or foreign styles. It is most of what a conversion
// writes, and printing it here takes a tenth of the time and memory of the encoder, which prints the same.

// Encode prints a Go value as YAML, by way of its JSON form; see Build. Wide lists stand deeper than their key.
func Encode(v any, wide bool) (string, error) { return (&Document{}).Encode(v, wide) }

// Encode is the function of that name, for a text that is about the document.
func (d *Document) Encode(v any, wide bool) (string, error) {
	n, err := d.Build(v)
	if err != nil {
		return "", err
	}
	return encode(n, wide)
}

// printBuilt prints a built tree, in that column; ok is false where the tree is not one, and only the encoder can print it.
func printBuilt(n *yaml.Node, wide bool, column int) (text string, ok bool) {
	size := 0
	if !printable(n, column, &size) {
		return "", false
	}
	p := printer{wide: wide}
	p.out.Grow(size)
	p.value(n, column)
	return strings.TrimPrefix(p.out.String(), "\n"), true
}

// printable says whether printBuilt can print a tree, and adds to size about how long it will be.
func printable(n *yaml.Node, column int, size *int) bool {
	if n.HeadComment != "" || n.LineComment != "" || n.FootComment != "" || n.Anchor != "" || n.Kind == yaml.AliasNode {
		return false
	}
	for _, c := range n.Content {
		if !printable(c, column+2, size) {
			return false
		}
	}
	*size += len(n.Value) + column/2 + 3
	if n.Style == yaml.LiteralStyle {
		*size += strings.Count(n.Value, "\n") * (column + 2)
	}
	switch {
	case n.Kind != yaml.ScalarNode:
		return n.Style == 0 || n.Style == yaml.FlowStyle && len(n.Content) == 0
	case n.Style == yaml.LiteralStyle:
		return literal(n.Value)
	case n.Style == yaml.SingleQuotedStyle:
		return utf8.ValidString(n.Value) && !strings.ContainsFunc(n.Value, unprintable)
	case n.Style == yaml.DoubleQuotedStyle:
		return utf8.ValidString(n.Value)
	}
	return n.Style == 0 && n.Line == 0 && !strings.Contains(n.Value, "\n") && (n.Tag != yaml.NodeTagString || plain(n.Value))
}

// literal is true of text that a block scalar can hold without an indentation indicator.
func literal(s string) bool {
	if s == "" || s[0] == ' ' || s[0] == '\n' || s[0] == '\t' || strings.HasSuffix(s, "\n\n") {
		return false
	}
	return quick.IsASCII(s) || utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && unprintable(r) })
}

// unprintable are the characters that YAML wants escaped, or may take for a line break.
func unprintable(r rune) bool {
	return r < ' ' || r >= 0x7f && r <= 0x9f || r == 0x2028 || r == 0x2029 || r == 0xfeff || r >= 0xfffe && r <= 0xffff || r >= 0xd800 && r <= 0xdfff
}

type printer struct {
	out  strings.Builder
	wide bool
}

// value prints what follows a key or a dash: a scalar behind a blank, a collection on lines of its own.
func (p *printer) value(n *yaml.Node, indent int) {
	switch {
	case n.Kind == yaml.ScalarNode:
		p.out.WriteByte(' ')
		p.scalar(n, indent)
		p.out.WriteByte('\n')
	case len(n.Content) == 0 && n.Kind == yaml.MappingNode:
		p.out.WriteString(" {}\n")
	case len(n.Content) == 0:
		p.out.WriteString(" []\n")
	default:
		p.out.WriteByte('\n')
		p.collection(n, indent, false)
	}
}

// collection prints the entries of a collection; the first one without its margin where it follows a dash.
func (p *printer) collection(n *yaml.Node, indent int, afterDash bool) {
	margin := strings.Repeat(" ", indent)
	for i := 0; i < len(n.Content); i += step(n) {
		if i > 0 || !afterDash {
			p.out.WriteString(margin)
		}
		if n.Kind == yaml.SequenceNode {
			p.element(n.Content[i], indent)
			continue
		}
		p.scalar(n.Content[i], indent)
		p.out.WriteByte(':')
		below := indent + 2
		if v := n.Content[i+1]; v.Kind == yaml.SequenceNode && !p.wide {
			below = indent
		}
		p.value(n.Content[i+1], below)
	}
}

func (p *printer) element(n *yaml.Node, indent int) {
	p.out.WriteByte('-')
	if n.Kind == yaml.ScalarNode || len(n.Content) == 0 {
		p.value(n, indent+2)
		return
	}
	p.out.WriteByte(' ')
	p.collection(n, indent+2, true)
}

func (p *printer) scalar(n *yaml.Node, indent int) {
	switch n.Style {
	case yaml.DoubleQuotedStyle:
		p.quoted(n.Value)
	case yaml.SingleQuotedStyle:
		p.out.WriteString("'" + strings.ReplaceAll(n.Value, "'", "''") + "'")
	case yaml.LiteralStyle:
		p.block(n.Value, indent)
	default:
		p.out.WriteString(n.Value)
	}
}

func (p *printer) block(s string, indent int) {
	body, ends := strings.CutSuffix(s, "\n")
	if p.out.WriteByte('|'); !ends {
		p.out.WriteByte('-')
	}
	for line := range strings.SplitSeq(body, "\n") {
		p.out.WriteByte('\n')
		if line != "" {
			p.out.WriteString(strings.Repeat(" ", max(indent, 2)))
			p.out.WriteString(line)
		}
	}
}

func (p *printer) quoted(s string) {
	p.out.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			p.out.WriteByte('\\')
			p.out.WriteRune(r)
		case r == '\n':
			p.out.WriteString(`\n`)
		case r == '\t':
			p.out.WriteString(`\t`)
		case unprintable(r):
			fmt.Fprintf(&p.out, `\u%04X`, r)
		default:
			p.out.WriteRune(r)
		}
	}
	p.out.WriteByte('"')
}
