package report

import (
	"encoding/json"
	"encoding/xml"
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

func TestEscapedTextIsPlainAndTheSame(t *testing.T) {
	const text = "a\x7f\u009b\u202e\u2028\ufeff\U000e0001 ümläut\n\t\x1b"
	encoded, err := json.MarshalIndent([]string{text}, "", "  ")
	require.NoError(t, err)
	var decoded []string
	escaped := escapeJSON(encoded)
	require.NoError(t, json.Unmarshal(escaped, &decoded))
	require.Equal(t, []string{text}, decoded)
	require.Equal(t, `[\n  "a\u007f\u009b\u202e\u2028\ufeff\udb40\udc01 ümläut\n\t\u001b"\n]`, Plain(string(escaped)))

	encoded, err = xml.Marshal(struct {
		XMLName xml.Name `xml:"a"`
		B       string   `xml:"b,attr"`
	}{B: text})
	require.NoError(t, err)
	require.Equal(t, `<a b="a&#x7f;&#x9b;&#x202e;&#x2028;&#xfeff;&#xe0001; ümläut&#xA;&#x9;`+"\uFFFD"+`"></a>`,
		string(escapeXML(encoded)))
}
