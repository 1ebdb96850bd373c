package document

import "strings"

// Mentions says whether any of the words may stand in a key or a value. It looks at the text alone: there every word
// stands as it is, unless the text has escapes (a backslash), or is not UTF-8 (a zero byte), where it is true of all.
// Aliases stand for what is in the same text, and text that goes over several lines is split at blanks only.
func (d *Document) Mentions(words ...string) bool {
	if strings.IndexByte(d.text, '\\') >= 0 || strings.IndexByte(d.text, 0) >= 0 {
		return true
	}
	for _, word := range words {
		if strings.Contains(d.text, word) {
			return true
		}
	}
	return false
}
