package fast

import "strings"

// Mentions reports whether any of the words may occur in a key or value of a document. Words consist of letters and
// underscores. It searches the text: every word occurs there literally, unless an escape may stand for one of its
// letters, or the text is not UTF-8 (a zero byte); it reports true then. Aliases refer to the same text, and scalars
// over several lines are split at blanks only.
func Mentions(text string, words ...string) bool {
	if !Enabled || strings.IndexByte(text, 0) >= 0 || hidesLetters(text) {
		return true
	}
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// hidesLetters reports whether a text has escapes that change a letter or its neighbors: \xNN, \uNNNN and \UNNNNNNNN,
// and a backslash at the end of a line within a word. Three backslashes may be such a line end in a text within the
// text.
func hidesLetters(text string) bool {
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '\\')
		if i < 0 {
			return false
		}
		at += i + 1
		rest := text[at:]
		switch {
		case rest == "":
			return false
		case rest[0] == 'x' || rest[0] == 'u' || rest[0] == 'U' || strings.HasPrefix(rest, `\\`):
			return true
		case rest[0] == '\n' || rest[0] == '\r' || rest[0] == ' ' || rest[0] == '\t':
			next := strings.TrimLeft(rest, " \t\r\n\\")
			if at > 1 && isLetter(text[at-2]) && next != "" && isLetter(next[0]) {
				return true
			}
		}
	}
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }
