package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// longest is the length of the longest text that is searched for the word before a mention. A document in JSON may be
// one line, which has thousands.
const longest = 1000

// wordBefore returns the word before a path in a text: an option, a key, a command. It stays when the version of an
// image on the same line changes.
func wordBefore(path, text string) string {
	if len(text) > longest {
		return ""
	}
	before, _, _ := strings.Cut(text, path)
	words := strings.Fields(before)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// identity identifies a mention in its object or file, on whatever line it is: by its field, and the word before it.
func (c context) identity() string {
	if !c.found || c.inText() {
		return c.path + "\x00" + wordBefore(c.m.Path, c.m.Text)
	}
	at := c.path
	if around := c.facts.pods.around(at); len(around) > 0 { // copies of a pod have it at other paths
		at = at[len(around[0].path):]
	}
	return at + "\x00" + wordBefore(c.m.Path, c.field.Text())
}

// mentions are those that a row covers, by their identities. Equal ones are numbered.
type mentions struct {
	lines  map[string]int // the first line of each
	counts map[string]int
}

// numbered returns a name for another mention of an identity, which does not show its text.
func (m *mentions) numbered(identity string) string {
	if m.counts == nil {
		m.counts = map[string]int{}
	}
	m.counts[identity]++
	return hash(fmt.Sprintf("%s\x00%d", identity, m.counts[identity]))
}

func (m *mentions) put(name string, line int) {
	if m.lines == nil {
		m.lines = map[string]int{}
	}
	if _, known := m.lines[name]; !known {
		m.lines[name] = line
	}
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// Identify gives rows fingerprints, which do not depend on line numbers: hashes of file, object, field, path, and in a
// text of the word before the path. Equal rows are numbered. nameOf returns the name of a file by which it is known,
// however an argument spells it.
func Identify(rows []Row, nameOf func(file string) string) {
	seen := map[string]int{}
	for i := range rows {
		r := &rows[i]
		r.name = nameOf(r.File)
		id := strings.Join([]string{r.name, r.Object, r.Container, r.Field, r.HostPath, r.before}, "\x00")
		seen[id]++
		r.fingerprint = hash(fmt.Sprintf("%s\x00%d", id, seen[id]))
	}
}
