package socket

import (
	"path"
	"strings"
)

// comments are what a format has for them. The zero value is YAML's, with lines that begin with // beside them.
type comments struct {
	hasNoHash bool // # begins no comment
	hasBlocks bool // /* */ is one
	inBlock   bool // the present line is in such a block
}

// commentsOf are those of a file, by its name. A block that nothing ends is none: a shell has /* as a pattern.
func commentsOf(name, text string) comments {
	return comments{hasNoHash: path.Ext(name) == ".cue", hasBlocks: strings.Contains(text, "*/")}
}

// withoutBlocks is what stands outside of blocks. One begins where its line does, also as a template's: {{- /*.
func (c *comments) withoutBlocks(line string) string {
	if !c.hasBlocks {
		return line
	}
	if !c.inBlock {
		body := strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(line), "{{"), "- ")
		if !strings.HasPrefix(body, "/*") {
			return line
		}
		line = body[len("/*"):]
	}
	_, after, ends := strings.Cut(line, "*/")
	c.inBlock = !ends
	return after
}

// uncommented is a line without its comment. What ytt has in comments of YAML is code: path: #@ data.values.socket.
func (c *comments) uncommented(line string) string {
	trimmed := strings.TrimSpace(line)
	if strings.HasPrefix(trimmed, "//") {
		return ""
	}
	if c.hasNoHash {
		before, _, _ := strings.Cut(line, " //")
		return before
	}
	if strings.HasPrefix(trimmed, "#") && !strings.HasPrefix(trimmed, "#@") {
		return ""
	}
	for at := 0; ; {
		next := strings.Index(line[at:], " #")
		if next < 0 {
			return line
		}
		if at += next; !strings.HasPrefix(line[at:], " #@") {
			return line[:at]
		}
		at += len(" #@")
	}
}
