package cli

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
)

// checkout counts the files that an audit of folders skips.
type checkout struct {
	searched int      // files that are not manifests
	binary   int      // binary files
	noText   []string // binary files that arguments name
	huge     []string // files larger than limits.AuditedFile
}

// versionControl lists folders that hold copies of the files beside them.
var versionControl = []string{".git", ".hg", ".svn", ".jj", ".bzr"}

// readCheckout reads every file below a folder on all cores: manifests by document, all others line by line. It keeps
// the texts of manifests, and of files that name a runtime's socket.
func (in *input) readCheckout(s Streams, folder string) {
	everything := func(string) bool { return true }
	below := in.findBelow(folder, everything, func(name string) bool { return slices.Contains(versionControl, name) })
	in.failed = append(in.failed, below.unreadable...)
	paths := below.files
	each := make([]*input, len(paths))
	shown := newProgress(s.Err, "reading", len(paths))
	_ = parallel.Each(len(paths), func(i int) error { // errors are recorded
		each[i] = readForAudit(paths[i])
		shown.step()
		return nil
	})
	shown.end()
	for _, one := range each {
		in.take(one)
	}
}

// take adds the result of one file.
func (in *input) take(one *input) {
	in.files, in.unread = append(in.files, one.files...), append(in.unread, one.unread...)
	in.searched, in.binary = in.searched+one.searched, in.binary+one.binary
	in.huge, in.failed = append(in.huge, one.huge...), append(in.failed, one.failed...)
	in.noText = append(in.noText, one.noText...)
}

var (
	errBinary = errors.New("is no text")
	errHuge   = errors.New("is too large")
)

// readForAudit reads one file that was found in a folder.
func readForAudit(path string) *input {
	text, err := readText(path)
	one := &input{audits: true}
	switch {
	case errors.Is(err, errBinary):
		one.binary++
	case errors.Is(err, errHuge):
		one.huge = []string{path}
	case err != nil && !isElsewhere(err):
		one.failed = []error{err}
	case err != nil:
		one.unread = []unread{{inputFile: inputFile{name: path, err: err}}}
	case isManifest(path):
		one.add(inputFile{name: path, text: text})
	default:
		one.searched++
		one.addText(path, inUTF8(text))
	}
	return one
}

// isOther reports whether a file is no manifest, by its name or by its text: /dev/fd/63 may be one.
func isOther(name, text string) bool {
	return !isManifest(name) && !audit.IsText(name) && (audit.IsInert(name) || !strings.Contains(text, "apiVersion"))
}

// readText reads a file, unless it is too large or binary by git's rule. A manifest may have any encoding.
func readText(path string) (string, error) {
	if err := refuseSpecial(path); err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // opened for reading only
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	if info.Size() > limits.AuditedFile {
		return "", errHuge
	}
	var text strings.Builder
	text.Grow(int(info.Size()))
	if _, err := io.CopyN(&text, f, limits.BinaryHead); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	if !isManifest(path) && isBinary(text.String()) {
		return "", errBinary
	}
	_, err = io.Copy(&text, f)
	return text.String(), err
}

// isBinary reports whether a file is binary by git's rule, and not a text in UTF-16.
func isBinary(text string) bool {
	return strings.IndexByte(text[:min(len(text), limits.BinaryHead)], 0) >= 0 && byteOrder(text) == nil
}

// byteOrder returns the order of a text in UTF-16, which begins with a mark of it; nil for other texts.
func byteOrder(text string) binary.ByteOrder {
	switch {
	case strings.HasPrefix(text, "\xff\xfe"):
		return binary.LittleEndian
	case strings.HasPrefix(text, "\xfe\xff"):
		return binary.BigEndian
	}
	return nil
}

// inUTF8 returns a text in UTF-8 if it is in UTF-16, as PowerShell writes files.
func inUTF8(text string) string {
	order := byteOrder(text)
	if order == nil {
		return text
	}
	bytes := []byte(text[2:])
	units := make([]uint16, len(bytes)/2)
	for i := range units {
		units[i] = order.Uint16(bytes[2*i:])
	}
	return string(utf16.Decode(units))
}

// addText adds a file that is not a manifest, if it has a mention or is a template.
func (in *input) addText(path, text string) {
	u := unread{inputFile: inputFile{name: path, text: text}, inert: audit.IsInert(path)}
	if !u.inert && audit.IsText(path) {
		u.findTemplate(in.audits)
	}
	u.found = u.account()
	if u.text = ""; u.template != nil || len(u.found.Rows)+len(u.found.Mentions) > 0 {
		in.unread = append(in.unread, u)
	}
}

// printSkipped reports the files that were not read.
func (in *input) printSkipped(s Streams) {
	if in.binary > 0 {
		s.note("info: skipped binary files (they contain zero bytes): %d", in.binary)
	}
	for _, name := range in.noText {
		s.note("warning: %s was not searched: it is binary (it contains zero bytes) [%s]", name, report.FileSkipped)
	}
	for _, name := range in.huge {
		s.note("warning: %s was skipped: it is larger than %d MiB; name it as an argument to read it [%s]",
			name, limits.AuditedFile>>20, report.FileSkipped)
	}
}
