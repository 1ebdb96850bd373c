package kube

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/yamldoc"
	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// ReadFromHost reads a document that a host passes, which was YAML before: a number of blanks, and a text. If
// isRelevant is false for it, the document is not parsed, only its head is read, and other errors in it are left to the
// host. It is parsed later if another document refers to it; errors are then reported by Set.Unreadable.
func ReadFromHost(blanks int, text string, isRelevant func(text string) bool) (*Item, error) {
	if !fast.Enabled || isRelevant(text) {
		return ReadItem(strings.Repeat(" ", blanks) + text)
	}
	h, ok := readHead(blanks, text)
	if !ok {
		return ReadItem(strings.Repeat(" ", blanks) + text)
	}
	item := &Item{doc: yamldoc.Unread(blanks, text, h.column), File: h.file}
	item.Index, _ = strconv.Atoi(h.index)
	if !h.isLocal() {
		item.ids = []identity{{GroupOf(h.apiVersion), h.kind, h.namespace, h.name}}
	}
	return item, nil
}

// head holds the fields that Object and Item.locate read, taken from the first lines of an object in block style.
type head struct {
	apiVersion, kind, namespace, name string
	file, index, local                string // annotations
	column                            int
}

func (h head) isLocal() bool { return h.local == "true" || isForTools(h.apiVersion) }

// headReader reads a head. Keys of a block mapping are in one column, one per line, so none is missed. A line within
// a quoted text may look like a key. Such a key then occurs twice, or gives the object a wrong name; a lookup of the
// object then parses it.
type headReader struct {
	values map[string]string // by path
	levels [3]int            // columns of the keys of the root, of metadata and of its annotations; -1 if unknown yet
	in     int               // level of the lines below the last key
	open   bool              // the last key has a value that may continue on the next lines
}

// headKeys lists the keys of each level that make up a head. A key without a value holds the next level.
var headKeys = [3]map[string]bool{
	{"apiVersion": true, "kind": true, "metadata": false},
	{"name": true, "generateName": true, "namespace": true, "annotations": false},
	{
		localConfig: true, "config.kubernetes.io/path": true, "config.kubernetes.io/index": true,
		"internal.config.kubernetes.io/path": true, "internal.config.kubernetes.io/index": true,
	},
}

// readHead reads the lines of an object; ok is false if they need the parser: flow style, anchors, lists of objects,
// and anything else unusual in the head.
func readHead(blanks int, text string) (h head, ok bool) {
	r := &headReader{values: make(map[string]string, 8), levels: [3]int{-1, -1, -1}}
	for ; text != ""; blanks = 0 {
		line := text
		if i := strings.IndexByte(text, '\n'); i >= 0 {
			line, text = text[:i], text[i+1:]
		} else {
			text = ""
		}
		if !r.read(blanks, line) {
			return h, false
		}
	}
	v := r.values
	h = head{
		apiVersion: v["apiVersion"], kind: v["kind"], namespace: v["namespace"],
		name:  cmp.Or(v["name"], v["generateName"]),
		file:  cmp.Or(v["internal.config.kubernetes.io/path"], v["config.kubernetes.io/path"]),
		index: cmp.Or(v["internal.config.kubernetes.io/index"], v["config.kubernetes.io/index"]),
		local: v[localConfig], column: r.levels[0] + 1,
	}
	return h, h.apiVersion != "" && h.name != "" && !mayHoldObjects(h.kind)
}

// read reads a line: a number of blanks, and a text.
func (r *headReader) read(blanks int, text string) bool {
	body := strings.TrimLeft(text, " ")
	indent := blanks + len(text) - len(body)
	if body == "" || body == "\r" || body[0] == '#' {
		return true
	}
	for r.in > 0 && indent <= r.levels[r.in-1] {
		r.levels[r.in], r.open = -1, false
		r.in--
	}
	if r.levels[r.in] < 0 {
		r.levels[r.in] = indent
	}
	switch at := r.levels[r.in]; {
	case indent < at:
		return false
	case indent > at:
		return !r.open
	case body[0] == '-': // an element of the list below the last key
		return !r.open && r.in < 2 && len(r.values) > 0 && (len(body) == 1 || body[1] == ' ' || body[1] == '\r')
	}
	return r.readKey(body)
}

// readKey reads a line with a key of the current level.
func (r *headReader) readKey(body string) bool {
	key, value, ok := keyOf(body)
	if !ok {
		return false
	}
	r.open = false
	isScalar, counts := headKeys[r.in][key]
	switch {
	case !counts:
		return true
	case r.values[key] != "":
		return false // twice
	case isScalar:
		r.values[key], ok = plainOf(value)
		r.open = true
		return ok
	}
	r.values[key] = value + ":"
	if value == "{}" {
		return true
	}
	r.in++
	return value == ""
}

// keyOf splits a line after its unquoted key.
func keyOf(body string) (key, value string, ok bool) {
	for i := range len(body) {
		switch c := body[i]; {
		case c == ':':
			rest := body[i+1:]
			value = strings.Trim(rest, " \r")
			if value != "" && value[0] == '#' {
				value = ""
			}
			return body[:i], value, i > 0 && (rest == "" || rest[0] == ' ' || rest[0] == '\r')
		case isWord(c) || i > 0 && (c == '.' || c == '-'):
		default:
			return "", "", false
		}
	}
	return "", "", false
}

// plainOf returns a scalar that is on one line and needs no unescaping.
func plainOf(value string) (text string, ok bool) {
	if i := strings.Index(value, " #"); i >= 0 {
		value = strings.TrimRight(value[:i], " ")
	}
	if n := len(value); n >= 2 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
		text = value[1 : n-1]
		return text, text != "" && !strings.ContainsAny(text, "\"'\\") && fast.IsASCII(text)
	}
	switch value {
	case "", "~", "null", "Null", "NULL", "-":
		return "", false
	}
	for i := range len(value) {
		switch c := value[i]; {
		case isWord(c) || c == '.':
		case i > 0 && (c == '-' || c == ':' && i+1 < len(value) && value[i+1] != ' '):
		default:
			return "", false
		}
	}
	return value, true
}

// isWord reports whether a character has no special meaning in YAML, in keys and values.
func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '/'
}
