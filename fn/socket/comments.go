package socket

import (
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// comments are the signs that begin the comments of single lines, after white space.
type comments []string

var (
	// hash is YAML's and a shell's form. Lines that begin with // are comments in all formats.
	hash        = comments{"#"}
	hashSlashes = comments{"#", "//"}
	slashes     = comments{"//"}
	dashes      = comments{"--"}
)

// commentsByEnd lists the forms of formats other than hash by the ends of their files' names.
var commentsByEnd = map[string]comments{
	".cue":       slashes,
	".dhall":     dashes,
	".groovy":    hashSlashes,
	".hcl":       hashSlashes,
	".js":        slashes,
	".json5":     slashes,
	".jsonc":     slashes,
	".jsonnet":   hashSlashes,
	".libsonnet": hashSlashes,
	".lua":       dashes,
	".nomad":     hashSlashes,
	".tf":        hashSlashes,
	".tfvars":    hashSlashes,
	".ts":        slashes,
}

func commentsOf(name string) comments {
	if c, known := commentsByEnd[strings.ToLower(path.Ext(name))]; known {
		return c
	}
	return hash
}

// begins reports whether a comment begins at a place. What ytt has in comments of YAML is code:
// path: #@ data.values.socket.
func (c comments) begins(text string) bool {
	return slices.ContainsFunc(c, func(sign string) bool { return strings.HasPrefix(text, sign) }) &&
		!strings.HasPrefix(text, "#@")
}

// uncommented is a line without its comment. quote is the one that a line above opens: a line that ends it is code,
// whatever it begins with.
func (c comments) uncommented(line string, quote byte) string {
	trimmed := strings.TrimSpace(line)
	isCode := quote != 0 && strings.IndexByte(line, quote) >= 0
	if !isCode {
		quote = 0
	}
	if !isCode && (strings.HasPrefix(trimmed, "//") || c.begins(trimmed)) {
		return ""
	}
	at, _ := c.split(line, quote)
	return line[:at]
}

// doubtful splits a line of code before what is a comment in most languages of programs: // after the end of a value
// or statement.
func doubtful(code string) (sure, rest string) {
	if !strings.Contains(code, "//") {
		return code, ""
	}
	at, _ := slashes.split(code, 0)
	before := strings.TrimRight(code[:at], " \t")
	if before == "" || !strings.ContainsAny(before[len(before)-1:], ",;)}]\"'") {
		return code, ""
	}
	return code[:at], code[at:]
}

// apostrophe matches one in a word of prose, which is no quote.
var apostrophe = pattern.Lazy(`\b'\b`)

// open returns the quote that is open at the end of a line, if quote is at its begin; 0 is none.
func (c comments) open(line string, quote byte) byte {
	if strings.IndexByte(line, '"') < 0 && strings.IndexByte(line, '\'') < 0 {
		return quote
	}
	if quote == 0 {
		line = c.uncommented(line, 0)
		if strings.IndexByte(line, '\'') >= 0 { // the expression is slow, and most lines have none
			line = apostrophe().ReplaceAllString(line, "")
		}
	}
	_, quote = c.split(line, quote)
	return quote
}

// split returns where the comment of a line begins, at a sign after white space and outside of quotes, and the quote
// that is open at its end. Without a comment it is the length of the line. quote is the one that is open at its begin.
func (c comments) split(line string, quote byte) (at int, open byte) {
	isAfterBlank := false
	for i := 0; i < len(line); i++ {
		char := line[i]
		switch {
		case char == '\\' && quote != '\'':
			i++
			isAfterBlank = false // an escaped blank is a part of a word
			continue
		case quote != 0:
			if char == quote {
				quote = 0
			}
		case char == '"' || char == '\'':
			quote = char
		case isAfterBlank && c.begins(line[i:]):
			return i, 0
		}
		isAfterBlank = char == ' ' || char == '\t'
	}
	return len(line), quote
}
