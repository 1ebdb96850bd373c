package stream

import "strings"

// builder is a strings.Builder that knows how what was written ends.
type builder struct {
	strings.Builder
}

// endsInLine is true where something was written, and its last line is open.
func (b *builder) endsInLine() bool {
	text := b.String()
	return text != "" && text[len(text)-1] != '\n'
}

// endLine lets what follows begin on a line of its own.
func (b *builder) endLine() {
	if b.endsInLine() {
		b.WriteByte('\n')
	}
}

// openLine takes the line break off that ends what was written.
func (b *builder) openLine() {
	text := strings.TrimSuffix(b.String(), "\n")
	b.Reset()
	b.WriteString(text)
}
