package socket

import "strings"

// readBlocks reads a line with HCL's blocks of paths on the node, which may begin and end on it.
func (s *scanner) readBlocks(line string) {
	blocks := block().FindAllStringIndex(line, -1)
	s.keysOf(line[:blocks[0][0]])
	for i, at := range blocks {
		end := len(line)
		if i+1 < len(blocks) {
			end = blocks[i+1][0]
		}
		s.enter(len(line) - len(strings.TrimLeft(line, " \t"))) // what is inside is on lines that are indented more
		inside := line[at[1]:end]
		length, isClosed := closing(inside)
		s.keysOf(inside[:length])
		s.inHostPath = !isClosed
		s.keysOf(inside[length:])
	}
}

// closing returns where the brace that ends a block stands, or the length of a text without it.
func closing(text string) (at int, ok bool) {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return i, true
			}
		}
	}
	return len(text), false
}
