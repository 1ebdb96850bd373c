package generate

import (
	"encoding/json"
	"fmt"
	"strings"
)

// jsonStyle is a style of JSON.
type jsonStyle struct {
	indent  string // "" for one line
	oneLine int    // collections from this depth on are on one line
}

func jsonStyled(c *Choices) jsonStyle {
	return jsonStyle{indent: pick(c, "  ", "", "    ", "\t"), oneLine: pick(c, 99, 99, 3, 5, 7)}
}

// printJSON prints a document without a final line break.
func printJSON(c *Choices, s jsonStyle, root *Node) string {
	var out strings.Builder
	s.print(c, &out, root, 0)
	return out.String()
}

func (s jsonStyle) print(c *Choices, out *strings.Builder, n *Node, depth int) {
	switch {
	case n.alias != nil:
		s.print(c, out, n.alias, depth)
	case n.kind == scalar && n.plain:
		out.WriteString(jsonPlain(n.text))
	case n.kind == scalar:
		out.WriteString(jsonString(n.text))
	default:
		s.collection(c, out, n, depth)
	}
}

func (s jsonStyle) collection(c *Choices, out *strings.Builder, n *Node, depth int) {
	open, end := "{", "}"
	if n.kind == list {
		open, end = "[", "]"
	}
	wide := s.indent != "" && depth < s.oneLine && len(n.content) > 0
	separator := ","
	if s.indent != "" && !wide {
		separator = ", "
	}
	out.WriteString(open)
	for i, v := range n.content {
		if i > 0 && wide {
			out.WriteString(",")
		} else if i > 0 {
			out.WriteString(separator)
		}
		if wide {
			out.WriteString("\n" + strings.Repeat(s.indent, depth+1))
		}
		if n.kind == mapping {
			out.WriteString(jsonString(n.keys[i]) + ":")
			if s.indent != "" {
				out.WriteString(" ")
			}
		}
		s.print(c, out, v, depth+1)
	}
	if wide {
		out.WriteString("\n" + strings.Repeat(s.indent, depth))
	}
	out.WriteString(end)
}

// jsonPlain returns a YAML scalar as JSON.
func jsonPlain(text string) string {
	if json.Valid([]byte(text)) {
		return text
	}
	switch strings.ToLower(text) {
	case "~", "", "null":
		return "null"
	case "yes", "on", "y":
		return "true"
	case "no", "off", "n":
		return "false"
	}
	var n int
	if _, err := fmt.Sscanf(text, "%v", &n); err == nil { // octal and hexadecimal too
		return fmt.Sprint(n)
	}
	return jsonString(text)
}
