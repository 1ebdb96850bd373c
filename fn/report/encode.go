package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// EncodeJSON writes a value as indented JSON. Characters that Plain replaces are escaped, also those that
// encoding/json leaves as they are.
func EncodeJSON(out io.Writer, v any) error {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := out.Write(escapeJSON(text.Bytes()))
	return err
}

// EncodeXML writes a value as an indented XML document. Characters that Plain replaces are escaped, also those that
// encoding/xml leaves as they are.
func EncodeXML(out io.Writer, v any) error {
	text, err := xml.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s%s\n", xml.Header, escapeXML(text))
	return err
}

// escapeJSON escapes in encoded JSON the characters that Plain replaces, which encoding/json leaves as they are.
func escapeJSON(text []byte) []byte {
	return escape(text, func(r rune) string {
		if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
			return fmt.Sprintf(`\u%04x\u%04x`, high, low)
		}
		return fmt.Sprintf(`\u%04x`, r)
	})
}

// escapeXML escapes in encoded XML the characters that Plain replaces, which encoding/xml leaves as they are.
func escapeXML(text []byte) []byte {
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
