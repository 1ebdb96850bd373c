package kube

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/yamldoc"
	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// ReadGiven reads a document that a host gives, and that has been YAML before. Where it tells nothing it is not parsed:
// its head is enough, and what else is wrong in it is the host's business. What is parsed later after all, since
// another document names it, has to be YAML then (Set.Unreadable).
func ReadGiven(text string, tells func(text string) bool) (*Item, error) {
	if !fast.Enabled || tells(text) {
		return ReadItem(text)
	}
	h, ok := readHead(text)
	if !ok {
		return ReadItem(text)
	}
	item := &Item{doc: yamldoc.Unread(text, h.column), File: h.file}
	item.Index, _ = strconv.Atoi(h.index)
	if !h.isLocal() {
		item.ids = []identity{{GroupOf(h.apiVersion), h.kind, h.namespace, h.name}}
	}
	return item, nil
}

// head is what the first lines of an object in block style say, as Object and Item.locate read it from a tree.
type head struct {
	apiVersion, kind, namespace, name string
	file, index, local                string // annotations
	column                            int
}

func (h head) isLocal() bool { return h.local == "true" || isForTools(h.apiVersion) }

// headReader reads a head. Keys of a block mapping stand in one column, one in a line, so none of them is missed. What
// looks like one and stands in a quoted text has a second one beside it, or gives the object a name that it has not:
// a lookup of the object then parses it.
type headReader struct {
	values map[string]string // by path
	levels [3]int            // columns of the keys of the root, of metadata and of its annotations; -1 before the first
	in     int               // the level of the lines below the last key
	open   bool              // the last key had a value that the next lines may go on with
}

// headKeys are the keys of each level that a head is made of. Those without a value hold the next level.
var headKeys = [3]map[string]bool{
	{"apiVersion": true, "kind": true, "metadata": false},
	{"name": true, "generateName": true, "namespace": true, "annotations": false},
	{
		localConfig: true, "config.kubernetes.io/path": true, "config.kubernetes.io/index": true,
		"internal.config.kubernetes.io/path": true, "internal.config.kubernetes.io/index": true,
	},
}

// readHead reads the lines of an object; ok is false where they have to be parsed: flow style, anchors, lists of
// objects, and whatever else is unusual in the head.
func readHead(text string) (h head, ok bool) {
	r := &headReader{values: make(map[string]string, 8), levels: [3]int{-1, -1, -1}}
	for text != "" {
		line := text
		if i := strings.IndexByte(text, '\n'); i >= 0 {
			line, text = text[:i], text[i+1:]
		} else {
			text = ""
		}
		if !r.read(line) {
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

func (r *headReader) read(line string) bool {
	indent := 0
	for indent < len(line) && line[indent] == ' ' {
		indent++
	}
	body := line[indent:]
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
	case body[0] == '-': // an element of the list that the last key is
		return !r.open && r.in < 2 && len(r.values) > 0 && (len(body) == 1 || body[1] == ' ' || body[1] == '\r')
	}
	return r.readKey(body)
}

// readKey reads a line that begins with a key of the level that the reader is in.
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

// keyOf splits a line after its key, which has no quotes.
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

// plainOf is a scalar that stands on one line and says what it looks like.
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

// isWord is true of the characters that keys and values have everywhere, without a meaning of their own in YAML.
func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '/'
}
