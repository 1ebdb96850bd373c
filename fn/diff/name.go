package diff

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
)

// shownName returns the name of a file for people and for patch. A name with control characters is quoted like a
// string of C, as git does it (core.quotePath): patch and git apply read it, and a terminal is not controlled by it.
func (f File) shownName(standardInput string) string {
	if !strings.ContainsFunc(f.Name, unicode.IsControl) {
		return cmp.Or(f.Name, standardInput)
	}
	var out strings.Builder
	out.WriteByte('"')
	for _, b := range []byte(f.Name) {
		switch {
		case b == '"' || b == '\\':
			out.Write([]byte{'\\', b})
		case b < ' ' || b >= 0x7f:
			fmt.Fprintf(&out, `\%03o`, b)
		default:
			out.WriteByte(b)
		}
	}
	out.WriteByte('"')
	return out.String()
}
