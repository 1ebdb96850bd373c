package yamldoc

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// jsonAsYAML rewrites what is JSON and not YAML to the parser: the escape \/, surrogate pairs, and characters that
// YAML wants escaped. ok is false if the text has none of them, or is not JSON. No line changes its number.
//
// A pair of a key and a value, which the journal records, is read as in an object.
func jsonAsYAML(text string) (yaml string, ok bool) {
	bare := strings.TrimPrefix(text, byteOrderMark)
	if !strings.Contains(text, `\/`) && !strings.Contains(text, `\u`) && isPrintable(bare) ||
		!json.Valid([]byte(bare)) && !json.Valid([]byte("{"+bare+"}")) {
		return "", false
	}
	var out strings.Builder
	out.WriteString(text[:len(text)-len(bare)])
	for rest := bare; rest != ""; {
		size := 0
		switch {
		case rest[0] != '\\':
			size = writeRune(&out, rest)
		case rest[1] == '/':
			out.WriteByte('/')
			size = len(`\/`)
		case rest[1] == 'u':
			size = writeUnicode(&out, rest)
		default:
			size = len(`\n`)
			out.WriteString(rest[:size])
		}
		rest = rest[size:]
	}
	return out.String(), true
}

// writeRune writes the first character of a text, and returns its length.
func writeRune(out *strings.Builder, text string) int {
	r, size := utf8.DecodeRuneInString(text)
	if isPrintable(text[:size]) {
		out.WriteString(text[:size])
	} else {
		fmt.Fprintf(out, `\u%04x`, r)
	}
	return size
}

// writeUnicode writes the escape \uXXXX at the start of a text, and returns its length. As in encoding/json, a half of
// a surrogate pair is U+FFFD.
func writeUnicode(out *strings.Builder, text string) int {
	const size = len(`\u0000`)
	r, pair := codeOf(text), utf8.RuneError
	if utf16.IsSurrogate(r) && strings.HasPrefix(text[size:], `\u`) {
		pair = utf16.DecodeRune(r, codeOf(text[size:]))
	}
	switch {
	case pair != utf8.RuneError:
		fmt.Fprintf(out, `\U%08x`, pair)
		return 2 * size
	case utf16.IsSurrogate(r):
		r = utf8.RuneError
	}
	fmt.Fprintf(out, `\u%04x`, r)
	return size
}

// codeOf returns the code of the escape \uXXXX at the start of a text.
func codeOf(text string) (code rune) {
	_, _ = fmt.Sscanf(text, `\u%04x`, &code)
	return code
}

// isPrintable reports whether a text has only characters that YAML accepts unescaped and reads as JSON does.
func isPrintable(text string) bool { return !strings.ContainsFunc(text, fast.IsSpecial) }
