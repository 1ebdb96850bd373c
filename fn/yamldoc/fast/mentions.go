package fast

import "strings"

// Mentions says whether any of the words may stand in a key or a value of a document. Words are of letters and
// underscores. It looks at the text alone: there every word stands as it is, unless an escape may stand for one of its
// letters, or the text is not UTF-8 (a zero byte), where it is true of all words. Aliases stand for what is in the same
// text, and what goes over several lines is split at blanks only.
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

// hidesLetters says whether a text has escapes by which a letter is not what it is, or not beside the one that it is
// beside: \xNN, \uNNNN and \UNNNNNNNN, and a backslash at the end of a line in the middle of a word. Three backslashes
// may be such an end of a line in a text in the text.
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
