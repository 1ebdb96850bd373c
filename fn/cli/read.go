package cli

import (
	"io"
	"os"
	"runtime/debug"
	"strings"
)

// Sizes of the parts in which a text of unknown size is read.
const (
	firstPart = 64 << 10
	mostParts = 16 // of a large text: each is a sixteenth of what was read before
)

// largeText is the size from which memory is returned while the parts are joined.
const largeText = 64 << 20

// readAll reads a text that may be large. It takes the buffer size from the file size, if there is one.
func readAll(r io.Reader) (string, error) {
	var text strings.Builder
	if f, isFile := r.(*os.File); isFile {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			text.Grow(int(info.Size()))
			_, err := io.Copy(&text, r)
			return text.String(), err
		}
	}
	parts, size, err := readParts(r)
	text.Grow(size)
	joined := 0 // since memory was returned
	for i, part := range parts {
		text.Write(part)
		parts[i] = nil
		if joined += len(part); size >= largeText && joined >= size/mostParts {
			debug.FreeOSMemory()
			joined = 0
		}
	}
	return text.String(), err
}

// readParts reads a text in parts. A buffer that grows would be copied many times, and need twice the memory.
func readParts(r io.Reader) (parts [][]byte, size int, err error) {
	for {
		part := make([]byte, max(firstPart, size/mostParts))
		n, err := io.ReadFull(r, part)
		parts, size = append(parts, part[:n]), size+n
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return parts, size, nil
		default:
			return parts, size, err
		}
	}
}
