package generate

import (
	"fmt"
	"strings"
)

// printer writes a tree as YAML.
type printer struct {
	style
	c        *Choices
	out      strings.Builder
	comment  int  // number of the last comment, by which each is identified
	inText   bool // the last line belongs to a block scalar, and so would a line with more indentation
	keepsEnd bool // and so would blank lines
}

// printYAML prints a document with a final line break.
func printYAML(c *Choices, s style, root *Node) string {
	p := &printer{style: s, c: c}
	if s.flow == 100 && c.Chance(20) {
		return p.flowed(root) + "\n"
	}
	if p.mapping(root, 0, false); p.keepsEnd {
		p.out.WriteString("# the end\n") // otherwise blank lines between documents would belong to the block scalar
	}
	return p.out.String()
}

// mapping writes the keys of a mapping; inline is true if the first one follows a dash.
func (p *printer) mapping(n *Node, column int, inline bool) {
	for i, key := range n.keys {
		if !inline || i > 0 {
			p.between(column)
			p.blank(column)
		}
		p.key(key, column)
		p.value(n.content[i], column, p.indentLists)
	}
}

func (p *printer) key(key string, column int) {
	switch {
	case key == "<<" || !p.c.Chance(p.odd):
		p.out.WriteString(p.quotedKey(key) + ":")
	case p.c.Chance(30):
		p.out.WriteString("? " + p.quotedKey(key) + "\n" + strings.Repeat(" ", column) + ":")
	default:
		p.out.WriteString(`"` + key + `"` + pick(p.c, ":", " :"))
	}
}

func (p *printer) quotedKey(key string) string {
	if plainSafe(key) || key == "<<" {
		return key
	}
	return `"` + key + `"`
}

// value writes the text after a key or a dash, with its line break.
func (p *printer) value(n *Node, column int, indentList bool) {
	p.inText, p.keepsEnd = false, false
	switch {
	case n.alias != nil:
		p.end(" *" + n.alias.anchor)
	case n.kind == scalar:
		p.scalar(n, column)
	case n.empty() || p.c.Chance(p.flow):
		p.end(" " + p.flowed(n))
	case n.kind == list:
		p.end(strings.TrimRight(" "+p.anchored(n), " "))
		if indentList {
			column += p.step
		}
		p.list(n, column)
	default:
		p.end(strings.TrimRight(" "+p.anchored(n), " "))
		p.mapping(n, column+p.step, false)
	}
}

func (p *printer) list(n *Node, column int) {
	for _, item := range n.content {
		p.between(column)
		p.blank(column)
		p.out.WriteString("-")
		switch {
		case item.alias != nil || item.kind != mapping || item.empty() || p.c.Chance(p.flow):
			p.value(item, column, true)
		case item.anchor != "":
			p.end(" &" + item.anchor)
			p.mapping(item, column+2, false)
		case p.c.Chance(p.comments / 4):
			p.end(fmt.Sprintf(" # after the dash %d", p.number()))
			p.mapping(item, column+2, false)
		case p.c.Chance(p.odd):
			p.end("")
			p.mapping(item, column+p.step, false)
		default:
			wide := p.step == 4 && p.c.Chance(p.odd)
			p.out.WriteString(strings.Repeat(" ", map[bool]int{false: 1, true: 3}[wide]))
			p.mapping(item, column+map[bool]int{false: 2, true: 4}[wide], true)
		}
	}
}

func (p *printer) anchored(n *Node) string {
	if n.anchor == "" {
		return ""
	}
	return "&" + n.anchor + " "
}

func (p *printer) blank(column int) { p.out.WriteString(strings.Repeat(" ", column)) }

// between writes optional lines before a line: none, comments, blank lines.
func (p *printer) between(column int) {
	if p.keepsEnd || p.out.Len() == 0 && p.c.Chance(50) {
		return // a blank line would belong to the block scalar before it
	}
	if p.c.Chance(p.blanks) {
		p.out.WriteString(pick(p.c, "\n", "\n\n", "  \n", strings.Repeat(" ", column)+"\n"))
	}
	if p.c.Chance(p.comments) {
		if at := pick(p.c, column, 0, column+2); !p.inText || at <= column {
			p.blank(at)
		}
		fmt.Fprintf(&p.out, "# before %d%s\n", p.number(), pick(p.c, "", ": a #value", " 'quoted", " - dash"))
		if p.c.Chance(20) {
			p.out.WriteString("\n")
		}
	}
}

// end writes the rest of a line, with an optional comment.
func (p *printer) end(text string) {
	p.out.WriteString(text)
	switch {
	case p.c.Chance(p.comments):
		fmt.Fprintf(&p.out, "%s# behind %d", pick(p.c, " ", "  ", "     "), p.number())
	case p.c.Chance(p.odd / 3):
		p.out.WriteString(pick(p.c, " ", "  "))
	}
	p.out.WriteString("\n")
}

func (p *printer) number() int {
	p.comment++
	return p.comment
}
