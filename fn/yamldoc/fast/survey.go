package fast

import "unicode/utf8"

// Classes of bytes; 0 for all others.
const (
	control  = 1 << iota // not accepted by YAML unescaped
	beyond               // ASCII
	opening              // cannot begin a plain scalar
	counting             // may begin a number, a date or null
	parting              // may end a plain scalar
)

var sorts = func() (sorts [256]uint8) {
	for c := range sorts {
		switch {
		case c >= utf8.RuneSelf:
			sorts[c] = beyond
		case c < ' ' && c != '\n' && c != '\t' || c == 0x7f:
			sorts[c] = control
		}
	}
	for sort, set := range map[uint8]string{opening: "?:,[]{}#&*!|>'\"%@`", counting: "~.+-0123456789", parting: "\t#:"} {
		for _, c := range []byte(set) {
			sorts[c] |= sort
		}
	}
	return sorts
}()

// IsASCII reports whether a text consists of ASCII that YAML accepts unescaped, including line breaks and tabs.
func IsASCII(text string) bool { return met(text)&(control|beyond) == 0 }

// met returns the classes of the bytes in a text.
func met(text string) (met uint8) {
	for i := range len(text) {
		met |= sorts[text[i]]
	}
	return met
}

// survey reports whether YAML accepts every character unescaped, and whether all are ASCII.
func survey(text string) (ascii, ok bool) {
	found := met(text)
	if found&control != 0 {
		return false, false
	}
	if found&beyond == 0 {
		return true, true
	}
	for _, c := range text {
		if isSpecial(c) {
			return false, false
		}
	}
	return false, utf8.ValidString(text)
}

// isSpecial matches line breaks other than \n, byte order marks, and characters that the parser refuses.
func isSpecial(c rune) bool {
	return c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029 || c == 0xfeff || c >= 0xfffe && c <= 0xffff
}

// column returns the 1-based column of an offset in the current line, in characters.
func (r *reader) column(at int) int {
	from := r.start - r.indent
	if r.ascii || at <= r.start {
		return at - from + 1
	}
	return utf8.RuneCountInString(r.text[from:at]) + 1
}
