package socket

import (
	"path"
	"strings"
)

// comments are those of single lines. The zero value is YAML's, with lines that begin with // beside them.
type comments struct {
	hasNoHash bool // # begins no comment
}

func commentsOf(name string) comments { return comments{hasNoHash: path.Ext(name) == ".cue"} }

// uncommented is a line without its comment. What ytt has in comments of YAML is code: path: #@ data.values.socket.
func (c comments) uncommented(line string) string {
	trimmed := strings.TrimSpace(line)
	if strings.HasPrefix(trimmed, "//") {
		return ""
	}
	if c.hasNoHash {
		return line[:comment(line, "//")]
	}
	if strings.HasPrefix(trimmed, "#") && !strings.HasPrefix(trimmed, "#@") {
		return ""
	}
	return line[:comment(line, "#")]
}

// comment returns where the comment of a line begins: at a sign after white space and outside of quotes. It returns the
// length of a line that has none. If a quote does not end, what follows it is no comment.
func comment(line, sign string) int {
	var quote byte
	for i := 0; i < len(line); i++ {
		switch char := line[i]; {
		case char == '\\' && quote != '\'':
			i++
		case quote != 0:
			if char == quote {
				quote = 0
			}
		case char == '"' || char == '\'':
			quote = char
		case i > 0 && strings.IndexByte(" \t", line[i-1]) >= 0 && strings.HasPrefix(line[i:], sign) &&
			!strings.HasPrefix(line[i:], "#@"):
			return i
		}
	}
	return len(line)
}
