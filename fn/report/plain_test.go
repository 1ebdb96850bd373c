package report

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlainHasNoControlCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "",
		"plain, with ümläut, 漢字 🙂": "plain, with ümläut, 漢字 🙂",
		"a\nb\r\n::error::c\td":    `a\nb\r\n::error::c\td`,
		"\x1b[31mred\x00\x7f":      `\x1b[31mred\x00\x7f`,
		"\u0085\u009b2J":           `\u0085\u009b2J`,
		"\u202egnp.exe\u2028":      `\u202egnp.exe\u2028`,
		"bad \xff utf-8 \uFFFD":    `bad \xff utf-8 ` + "\uFFFD",
	} {
		require.Equal(t, want, Plain(text))
	}
}
