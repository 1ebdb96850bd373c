package yamldoc

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"unicode/utf8"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// A built tree (see Build) has no comments, anchors or foreign styles. Most of what a conversion writes is built.
// Printing it here takes a tenth of the encoder's time and memory, with the same output.

// Encode encodes a Go value as YAML, see Build.
func Encode(v any, style yaml.SequenceIndentStyle) (string, error) {
	b := builder{fast.New()}
	defer b.Free()
	n, err := b.element(reflect.ValueOf(v))
	if err != nil {
		return "", err
	}
	return encode(n, style)
}

// printBuilt prints a built tree; ok is false if the tree needs the encoder.
func printBuilt(n *yaml.Node, style yaml.SequenceIndentStyle) (text string, ok bool) {
	text = scratched(func(out []byte) []byte {
		out, ok = appendBuilt(out, n, style, 0)
		return out
	})
	return text, ok
}

// appendBuilt is printBuilt that appends to a text, with the tree in the given column.
func appendBuilt(out []byte, n *yaml.Node, style yaml.SequenceIndentStyle, column int) (_ []byte, ok bool) {
	if !printable(n) {
		return out, false
	}
	p := printer{out: out, style: style}
	if len(n.Content) > 0 {
		p.margin(column)
		p.collection(n, column)
	} else {
		p.value(n, column)
	}
	return p.out, true
}

// scratch pools buffers for texts of unknown length.
var scratch = sync.Pool{New: func() any { return new([]byte) }}

// scratched returns the text that write appends to an empty buffer.
func scratched(write func([]byte) []byte) string {
	buffer := scratch.Get().(*[]byte)
	out := write((*buffer)[:0])
	text := string(out)
	*buffer = out
	scratch.Put(buffer)
	return text
}

// printable reports whether printBuilt can print a tree.
func printable(n *yaml.Node) bool {
	if n.HeadComment != "" || n.LineComment != "" || n.FootComment != "" || n.Anchor != "" || n.Kind == yaml.AliasNode {
		return false
	}
	for _, c := range n.Content {
		if !printable(c) {
			return false
		}
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
	return n.Style == 0 && n.Line == 0 && !strings.Contains(n.Value, "\n") && (n.Tag != yaml.NodeTagString ||
		plain(n.Value))
}

// literal reports whether a block scalar can hold a text without an indentation indicator.
func literal(s string) bool {
	if s == "" || s[0] == ' ' || s[0] == '\n' || s[0] == '\t' || strings.HasSuffix(s, "\n\n") {
		return false
	}
	return fast.IsASCII(s) || utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '\n' && r != '\t' && unprintable(r)
	})
}

// unprintable reports whether YAML must escape a character, or may take it for a line break.
func unprintable(r rune) bool {
	return r < ' ' || fast.IsSpecial(r)
}

type printer struct {
	out   []byte
	style yaml.SequenceIndentStyle
}

// value prints the value of a key or dash: a scalar after a blank, a collection on separate lines.
func (p *printer) value(n *yaml.Node, indent int) {
	switch {
	case n.Kind == yaml.ScalarNode:
		p.out = append(p.out, ' ')
		p.scalar(n, indent)
		p.out = append(p.out, '\n')
	case len(n.Content) == 0 && n.Kind == yaml.MappingNode:
		p.out = append(p.out, " {}\n"...)
	case len(n.Content) == 0:
		p.out = append(p.out, " []\n"...)
	default:
		p.out = append(p.out, '\n')
		p.margin(indent)
		p.collection(n, indent)
	}
}

func (p *printer) margin(indent int) {
	for range indent {
		p.out = append(p.out, ' ')
	}
}

// collection prints the entries of a collection. The first one follows a margin or a dash.
func (p *printer) collection(n *yaml.Node, indent int) {
	for i := 0; i < len(n.Content); i += step(n) {
		if i > 0 {
			p.margin(indent)
		}
		if n.Kind == yaml.SequenceNode {
			p.element(n.Content[i], indent)
			continue
		}
		p.scalar(n.Content[i], indent)
		p.out = append(p.out, ':')
		below := indent + 2
		if v := n.Content[i+1]; v.Kind == yaml.SequenceNode && p.style == yaml.CompactSequenceStyle {
			below = indent
		}
		p.value(n.Content[i+1], below)
	}
}

func (p *printer) element(n *yaml.Node, indent int) {
	p.out = append(p.out, '-')
	if n.Kind == yaml.ScalarNode || len(n.Content) == 0 {
		p.value(n, indent+2)
		return
	}
	p.out = append(p.out, ' ')
	p.collection(n, indent+2)
}

func (p *printer) scalar(n *yaml.Node, indent int) {
	switch n.Style {
	case yaml.DoubleQuotedStyle:
		p.quoted(n.Value)
	case yaml.SingleQuotedStyle:
		p.out = append(p.out, "'"+strings.ReplaceAll(n.Value, "'", "''")+"'"...)
	case yaml.LiteralStyle:
		p.block(n.Value, indent)
	default:
		p.out = append(p.out, n.Value...)
	}
}

func (p *printer) block(s string, indent int) {
	body, ends := strings.CutSuffix(s, "\n")
	if p.out = append(p.out, '|'); !ends {
		p.out = append(p.out, '-')
	}
	for line := range strings.SplitSeq(body, "\n") {
		p.out = append(p.out, '\n')
		if line != "" {
			p.margin(max(indent, 2))
			p.out = append(p.out, line...)
		}
	}
}

func (p *printer) quoted(s string) {
	p.out = append(p.out, '"')
	for s != "" {
		n := 0
		for n < len(s) && s[n] >= ' ' && s[n] < 0x7f && s[n] != '"' && s[n] != '\\' {
			n++
		}
		p.out = append(p.out, s[:n]...)
		if s = s[n:]; s == "" {
			break
		}
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		switch {
		case r == '"' || r == '\\':
			p.out = append(p.out, '\\')
			p.out = utf8.AppendRune(p.out, r)
		case r == '\n':
			p.out = append(p.out, `\n`...)
		case r == '\t':
			p.out = append(p.out, `\t`...)
		case unprintable(r):
			p.out = fmt.Appendf(p.out, `\u%04X`, r)
		default:
			p.out = utf8.AppendRune(p.out, r)
		}
	}
	p.out = append(p.out, '"')
}
