package socket

import (
	"path"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// comments are those of single lines. The zero value is YAML's, with lines that begin with // beside them.
type comments struct {
	hasNoHash bool // # begins no comment
}

func commentsOf(name string) comments { return comments{hasNoHash: path.Ext(name) == ".cue"} }

// sign begins a comment after white space.
func (c comments) sign() string {
	if c.hasNoHash {
		return "//"
	}
	return "#"
}

// uncommented is a line without its comment. What ytt has in comments of YAML is code: path: #@ data.values.socket.
// quote is the one that a line above opens: a line that ends it is code, whatever it begins with.
func (c comments) uncommented(line string, quote byte) string {
	trimmed := strings.TrimSpace(line)
	isCode := quote != 0 && strings.IndexByte(line, quote) >= 0
	if !isCode {
		quote = 0
	}
	if !isCode && (strings.HasPrefix(trimmed, "//") ||
		!c.hasNoHash && strings.HasPrefix(trimmed, "#") && !strings.HasPrefix(trimmed, "#@")) {
		return ""
	}
	at, _ := split(line, c.sign(), quote)
	return line[:at]
}

// apostrophe matches one in a word of prose, which is no quote.
var apostrophe = pattern.Lazy(`\b'\b`)

// open returns the quote that is open at the end of a line, if quote is at its begin; 0 is none.
func (c comments) open(line string, quote byte) byte {
	if strings.IndexByte(line, '"') < 0 && strings.IndexByte(line, '\'') < 0 {
		return quote
	}
	if quote == 0 {
		line = apostrophe().ReplaceAllString(c.uncommented(line, 0), "")
	}
	_, quote = split(line, c.sign(), quote)
	return quote
}

// split returns where the comment of a line begins, at a sign after white space and outside of quotes, and the quote
// that is open at its end. Without a comment it is the length of the line. quote is the one that is open at its begin.
func split(line, sign string, quote byte) (at int, open byte) {
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
		case isAfterBlank && strings.HasPrefix(line[i:], sign) && !strings.HasPrefix(line[i:], "#@"):
			return i, 0
		}
		isAfterBlank = char == ' ' || char == '\t'
	}
	return len(line), quote
}
