package fast

import "strings"

// Mentions says whether any of the words may stand in a key or a value of a document. It looks at the text alone: there
// every word stands as it is, unless the text has escapes (a backslash), or is not UTF-8 (a zero byte), where it is true
// of all words. Aliases stand for what is in the same text, and what goes over several lines is split at blanks only.
func Mentions(text string, words ...string) bool {
	if !Enabled || strings.IndexByte(text, '\\') >= 0 || strings.IndexByte(text, 0) >= 0 {
		return true
	}
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
