package stream

import (
	"bufio"
	"io"
	"strings"
)

// Text is what a run prints, in pieces, most of which are those that it has read: whole it would be in memory twice.
type Text struct {
	pieces []string // none of them is empty
	size   int
	json   bool // JSON throughout, which needs no separators
}

// NewText is a text of one piece.
func NewText(s string) *Text {
	t := &Text{}
	t.add(s)
	return t
}

// Len is the length in bytes.
func (t *Text) Len() int { return t.size }

// String puts the text together.
func (t *Text) String() string { return strings.Join(t.pieces, "") }

// WriteTo writes the text.
func (t *Text) WriteTo(w io.Writer) (n int64, err error) {
	out := bufio.NewWriterSize(w, 64<<10)
	for _, s := range t.pieces {
		written, err := out.WriteString(s)
		if n += int64(written); err != nil {
			return n, err
		}
	}
	return n, out.Flush()
}

// Append adds another text, as a document of a stream: on a line of its own, and behind a separator. JSON documents
// have none between them.
func (t *Text) Append(other *Text) {
	onlyJSON := other.json && (t.json || t.size == 0)
	if t.size > 0 && other.size > 0 {
		t.endLine("\n")
		if !onlyJSON && !strings.HasPrefix(other.pieces[0], "---") { // a separator is a piece
			t.add("---\n")
		}
	}
	t.pieces, t.size, t.json = append(t.pieces, other.pieces...), t.size+other.size, onlyJSON
}

func (t *Text) add(pieces ...string) {
	for _, s := range pieces {
		if s != "" {
			t.pieces, t.size = append(t.pieces, s), t.size+len(s)
		}
	}
}

// endsInLine is true where there is something, and its last line is open.
func (t *Text) endsInLine() bool {
	return t.size > 0 && !strings.HasSuffix(t.pieces[len(t.pieces)-1], "\n")
}

// endLine lets what follows begin on a line of its own.
func (t *Text) endLine(end string) {
	if t.endsInLine() {
		t.add(end)
	}
}

// openLine takes the line break off that ends the text.
func (t *Text) openLine() {
	if last := len(t.pieces) - 1; t.size > 0 && !t.endsInLine() {
		open := strings.TrimSuffix(strings.TrimSuffix(t.pieces[last], "\n"), "\r")
		t.pieces, t.size = t.pieces[:last], t.size-len(t.pieces[last])
		t.add(open)
	}
}
