package fast

import "sigs.k8s.io/kustomize/kyaml/yaml"

// collection reads a block collection whose first entry is at that offset and column, and goes to the line after it.
func (r *reader) collection(at, column int) *yaml.Node {
	if r.depth++; r.depth > maxDepth {
		r.unsupported = true
	}
	var n *yaml.Node
	if r.isDash(at) {
		n = r.sequence(at, column)
		r.unsupported = r.unsupported || r.indent == column // a key, or an error
	} else {
		n = r.mapping(at, column)
	}
	r.depth--
	return n
}

func (r *reader) mapping(at, column int) *yaml.Node {
	m, since := r.node(yaml.MappingNode, yaml.NodeTagMap, at), r.Height()
	for !r.unsupported {
		key, colon := r.key(at)
		if r.unsupported {
			break
		}
		r.Push(key)
		r.Push(r.valueOf(colon, column))
		if r.unsupported || r.indent < column {
			break
		}
		if at = r.start; r.indent > column || r.isDash(at) {
			r.unsupported = true // a scalar of several lines, or an error
		}
	}
	r.Take(m, since)
	return m
}

// valueOf reads the value after the colon of a key, or in the lines below.
func (r *reader) valueOf(colon, column int) *yaml.Node {
	at := r.skipBlanks(colon + 1)
	if at < r.end && r.text[at] == '&' {
		return r.anchored(at, func(at int) *yaml.Node { return r.valueAt(at, colon, column) })
	}
	return r.valueAt(at, colon, column)
}

func (r *reader) valueAt(at, colon, column int) *yaml.Node {
	if at < r.end && !r.isComment(at) {
		return r.scalar(at, column)
	}
	null := r.node(yaml.ScalarNode, yaml.NodeTagNull, colon+1)
	switch r.next(); {
	case r.unsupported:
	case r.indent > column:
		return r.collection(r.start, r.indent)
	case r.indent == column && r.isDash(r.start):
		return r.sequence(r.start, column)
	}
	return null
}

// sequence reads elements with dashes in that column. In a compact sequence this is also the column of the key above,
// and of the key after it.
func (r *reader) sequence(at, column int) *yaml.Node {
	s, since := r.node(yaml.SequenceNode, yaml.NodeTagSeq, at), r.Height()
	for !r.unsupported {
		r.Push(r.element(at, column))
		if r.unsupported || r.indent < column {
			break
		}
		at = r.start
		if r.indent == column && r.isDash(at) {
			continue
		}
		r.unsupported = r.unsupported || r.indent > column
		break
	}
	r.Take(s, since)
	return s
}

// element reads the value after a dash, or in the lines below.
func (r *reader) element(dash, column int) *yaml.Node {
	at := r.skipBlanks(dash + 1)
	if at == r.end || r.text[at] != '&' {
		return r.elementAt(at, dash, column)
	}
	return r.anchored(at, func(at int) *yaml.Node {
		if at < r.end && r.beginsMapping(at) {
			r.unsupported = true // the anchor of its first key
			return nil
		}
		return r.elementAt(at, dash, column)
	})
}

func (r *reader) elementAt(at, dash, column int) *yaml.Node {
	switch {
	case at < r.end && r.isComment(at):
	case at < r.end && r.isDash(at):
		r.unsupported = true
		return nil
	case at < r.end && r.beginsMapping(at):
		return r.collection(at, column+at-dash)
	case at < r.end:
		return r.scalar(at, column)
	}
	null := r.node(yaml.ScalarNode, yaml.NodeTagNull, dash+1)
	if r.next(); !r.unsupported && r.indent > column {
		return r.collection(r.start, r.indent)
	}
	return null
}

// key reads a key and finds its colon.
func (r *reader) key(at int) (key *yaml.Node, colon int) {
	if quote := r.text[at]; quote == '"' || quote == '\'' {
		key, colon = r.quoted(at)
	} else if colon = r.colon(at); colon > at {
		key = r.plain(at, colon)
	}
	if r.unsupported || key == nil || colon-at > maxKey || !r.isColon(colon) {
		r.unsupported = true
	}
	return key, colon
}

// maxKey is the maximum length of a key; the parser's own limit is 1,024 characters.
const maxKey = 256

// beginsMapping reports whether a key begins there.
func (r *reader) beginsMapping(at int) bool {
	switch r.text[at] {
	case '"', '\'':
		end := r.closing(at)
		return end > 0 && r.isColon(end+1)
	case '[', '{':
		return false
	}
	return r.colon(at) > at
}

// colon returns the offset of the first colon that ends a key, or -1.
func (r *reader) colon(at int) int {
	for i := at; i < r.end; i++ {
		if r.text[i] == ':' && r.isColon(i) {
			return i
		}
	}
	return -1
}

func (r *reader) isColon(at int) bool {
	return at < r.end && r.text[at] == ':' && (at+1 == r.end || r.text[at+1] == ' ')
}
