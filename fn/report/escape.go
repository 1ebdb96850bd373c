package report

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// EscapeJSON escapes in encoded JSON the characters that Plain replaces, which encoding/json leaves as they are.
func EscapeJSON(text []byte) []byte {
	return escape(text, func(r rune) string {
		if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
			return fmt.Sprintf(`\u%04x\u%04x`, high, low)
		}
		return fmt.Sprintf(`\u%04x`, r)
	})
}

// EscapeXML escapes in encoded XML the characters that Plain replaces, which encoding/xml leaves as they are.
func EscapeXML(text []byte) []byte {
	return escape(text, func(r rune) string { return fmt.Sprintf("&#x%x;", r) })
}

// escape leaves the controls of ASCII: an encoder escapes them itself, and writes line breaks of its own.
func escape(text []byte, as func(rune) string) []byte {
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if r > ' ' && controls(r) {
			out = append(out, as(r)...)
		} else {
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}
