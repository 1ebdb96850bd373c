package generate

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var plainText = regexp.MustCompile(`^[A-Za-z/_][A-Za-z0-9_./@=+-]*(:[A-Za-z0-9_./@=+-]+)*( [A-Za-z0-9_./@=+$()-]+)*$`)

// reserved are words that YAML 1.1 or 1.2 does not read as strings.
var reserved = []string{"true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf", ".nan", ".inf", "."}

func plainSafe(text string) bool {
	return plainText.MatchString(text) && !slices.Contains(reserved, strings.ToLower(text)) && !strings.Contains(text,
		" #")
}

// scalar writes a value after a key or dash, in a style that supports it.
func (p *printer) scalar(n *Node, column int) {
	anchor := " " + p.anchored(n)
	switch {
	case n.plain:
		p.end(anchor + n.text)
	case strings.Contains(n.text, "\n") && printable(n.text) && !p.c.Chance(10):
		p.block(n.text, anchor, column)
	case plainSafe(n.text) && p.c.Chance(p.odd) && strings.Contains(n.text, " "):
		p.folded(n.text, anchor, column)
	default:
		p.end(anchor + p.inline(n, false))
	}
}

// inline returns a scalar on one line.
func (p *printer) inline(n *Node, inFlow bool) string {
	if n.plain {
		return n.text
	}
	safe := plainSafe(n.text) && (!inFlow || !strings.ContainsAny(n.text, ",[]{}:"))
	switch {
	case safe && p.c.Chance(p.odd/2):
		return "!!str " + n.text
	case safe && !p.c.Chance(p.quotes):
		return n.text
	case printable(n.text) && !strings.Contains(n.text, "\n") && p.c.Chance(40):
		return "'" + strings.ReplaceAll(n.text, "'", "''") + "'"
	}
	return p.doubleQuoted(n.text)
}

func (p *printer) doubleQuoted(text string) string {
	quoted := jsonString(text)
	if p.c.Chance(p.odd) {
		quoted = strings.ReplaceAll(quoted, "/", pick(p.c, `\x2f`, `\u002F`))
	}
	return quoted
}

func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return r < ' ' && r != '\n' || r == 0x7f || r == 0x85 ||
			r == 0x2028 || r == 0xfeff
	})
}

// block writes a text of lines as a literal block scalar (|) with its chomping indicator.
func (p *printer) block(text, anchor string, column int) {
	body := strings.TrimRight(text, "\n")
	ends := len(text) - len(body)
	if body == "" || strings.HasPrefix(body, "\n") && column > 0 && p.c.Chance(50) {
		p.end(anchor + jsonString(text))
		return
	}
	head, margin := "|", column+p.step
	if strings.HasPrefix(strings.TrimLeft(body, "\n"), " ") || p.c.Chance(p.odd) {
		head += fmt.Sprint(p.step)
	}
	switch {
	case ends == 0:
		head += "-"
	case ends > 1 || p.c.Chance(20):
		head += "+"
		p.keepsEnd = true
	}
	p.inText = true
	p.out.WriteString(anchor + head + "\n")
	for line := range strings.SplitSeq(body+strings.Repeat("\n", max(ends-1, 0)), "\n") {
		if line != "" {
			p.blank(margin)
		}
		p.out.WriteString(line + "\n")
	}
}

// folded breaks a line of words in two; YAML reads the break as one space.
func (p *printer) folded(text, anchor string, column int) {
	words := strings.Split(text, " ")
	at := 1 + p.c.Int(len(words)-1)
	first, rest := strings.Join(words[:at], " "), strings.Join(words[at:], " ")
	margin := strings.Repeat(" ", column+p.step)
	p.inText = true
	switch p.c.Int(3) {
	case 0:
		p.out.WriteString(anchor + first + "\n" + margin + rest + "\n")
	case 1:
		p.out.WriteString(anchor + `"` + first + "\n" + margin + rest + "\"\n")
	default:
		p.out.WriteString(anchor + ">-\n" + margin + first + "\n" + margin + rest + "\n")
	}
}

// flowed returns a value in flow style, on one line.
func (p *printer) flowed(n *Node) string {
	switch {
	case n.alias != nil:
		return "*" + n.alias.anchor + " " // a comma would be part of the name
	case n.kind == scalar:
		return p.anchored(n) + p.inline(n, true)
	}
	parts := make([]string, len(n.content))
	for i, v := range n.content {
		if parts[i] = p.flowed(v); n.kind == mapping {
			parts[i] = p.quotedKey(n.keys[i]) + pick(p.c, ": ", ":  ") + parts[i]
		}
	}
	text := strings.Join(parts, pick(p.c, ", ", ","))
	switch {
	case n.kind == list:
		return p.anchored(n) + "[" + text + "]"
	case text != "" && p.c.Chance(50):
		return p.anchored(n) + "{ " + text + " }"
	}
	return p.anchored(n) + "{" + text + "}"
}

func jsonString(text string) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(out.String(), "\n")
}
