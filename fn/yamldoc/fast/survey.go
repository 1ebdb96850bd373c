package fast

import "unicode/utf8"

// Classes of bytes; 0 for all others.
const (
	control = 1 << iota // not accepted by YAML unescaped
	nonASCII
	indicator     // cannot begin a plain scalar
	numeric       // may begin a number, a date or null
	separator     // may end a plain scalar
	flowSeparator // may end a plain scalar in flow style, or have a special meaning in it
)

var classes = func() (classes [256]uint8) {
	for c := range classes {
		switch {
		case c >= utf8.RuneSelf:
			classes[c] = nonASCII
		case c < ' ' && c != '\n' && c != '\t' || c == 0x7f:
			classes[c] = control
		}
	}
	for class, set := range map[uint8]string{
		indicator: "?:,[]{}#&*!|>'\"%@`", numeric: "~.+-0123456789", separator: "\t#:",
		flowSeparator: ",]}:[{?#",
	} {
		for _, c := range []byte(set) {
			classes[c] |= class
		}
	}
	return classes
}()

// IsASCII reports whether a text consists of ASCII that YAML accepts unescaped, including line breaks and tabs.
func IsASCII(text string) bool { return classesIn(text)&(control|nonASCII) == 0 }

// classesIn returns the classes of the bytes in a text.
func classesIn(text string) (found uint8) {
	for i := range len(text) {
		found |= classes[text[i]]
	}
	return found
}

// survey reports whether YAML accepts every character unescaped, and whether all are ASCII.
func survey(text string) (ascii, ok bool) {
	found := classesIn(text)
	if found&control != 0 {
		return false, false
	}
	if found&nonASCII == 0 {
		return true, true
	}
	for _, c := range text {
		if IsSpecial(c) {
			return false, false
		}
	}
	return false, utf8.ValidString(text)
}

// IsSpecial matches line breaks other than \n, byte order marks, and characters that the parser refuses. None is
// below 0x7f.
func IsSpecial(c rune) bool {
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
