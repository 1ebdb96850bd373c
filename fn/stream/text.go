package stream

import (
	"bufio"
	"io"
	"strings"
)

// Text is the output of a run, in pieces. Most pieces are parts of the input, which saves a copy.
type Text struct {
	pieces []string // none is empty
	size   int
	json   bool // all JSON, which needs no separators
}

// NewText returns a text of one piece.
func NewText(s string) *Text {
	t := &Text{}
	t.add(s)
	return t
}

// Len returns the length in bytes.
func (t *Text) Len() int { return t.size }

// String returns the whole text.
func (t *Text) String() string { return strings.Join(t.pieces, "") }

// Is reports whether the whole text is that string.
func (t *Text) Is(s string) bool {
	for _, piece := range t.pieces {
		rest, ok := strings.CutPrefix(s, piece)
		if !ok {
			return false
		}
		s = rest
	}
	return s == ""
}

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

// Append appends another text as a document of a stream: on a new line, after a separator. JSON documents have no
// separators.
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

// endsInLine reports whether there is a last line without a line break.
func (t *Text) endsInLine() bool {
	return t.size > 0 && !strings.HasSuffix(t.pieces[len(t.pieces)-1], "\n")
}

// endLine ends the last line.
func (t *Text) endLine(end string) {
	if t.endsInLine() {
		t.add(end)
	}
}

// openLine removes the line break at the end of the text.
func (t *Text) openLine() {
	if last := len(t.pieces) - 1; t.size > 0 && !t.endsInLine() {
		open := strings.TrimSuffix(strings.TrimSuffix(t.pieces[last], "\n"), "\r")
		t.pieces, t.size = t.pieces[:last], t.size-len(t.pieces[last])
		t.add(open)
	}
}
