package report

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain returns text without characters that control a terminal, a log or a line-based format of a CI system, such as
// escape, line breaks and marks that change the direction of text. They are replaced by Go escapes: \x1b, \n.
func Plain(text string) string {
	if isPlain(text) {
		return text
	}
	var out strings.Builder
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)):
			out.WriteString(strconv.Quote(text[i : i+1])[1:5])
		case controls(r):
			quoted := strconv.QuoteRuneToASCII(r)
			out.WriteString(quoted[1 : len(quoted)-1])
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// isPlain reports whether a text is printable ASCII, the usual case.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= unicode.MaxASCII {
			return false
		}
	}
	return true
}

func controls(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}
