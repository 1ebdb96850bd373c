package fast

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// flow reads a flow collection that ends on its line, and returns the offset after it.
func (r *reader) flow(at int) (n *yaml.Node, behind int) {
	if r.depth++; r.depth > maxDepth {
		r.unsupported = true
		return nil, r.end
	}
	if r.text[at] == '[' {
		n = r.node(yaml.SequenceNode, yaml.NodeTagSeq, at)
		behind = r.flowEntries(n, at, ']', r.flowValue)
	} else {
		n = r.node(yaml.MappingNode, yaml.NodeTagMap, at)
		behind = r.flowEntries(n, at, '}', r.flowPair)
	}
	n.Style = yaml.FlowStyle
	r.depth--
	return n, behind
}

// flowEntries reads entries, whose nodes are pushed, up to the closing bracket.
func (r *reader) flowEntries(n *yaml.Node, at int, closing byte, entry func(at int) int) (behind int) {
	since := r.Height()
	at = r.skipBlanks(at + 1)
	if at < r.end && r.text[at] == closing {
		return at + 1
	}
	for !r.unsupported {
		at = r.skipBlanks(entry(r.skipBlanks(at)))
		switch {
		case r.unsupported || at == r.end:
			r.unsupported = true
		case r.text[at] == closing:
			r.Take(n, since)
			return at + 1
		case r.text[at] == ',':
			at++
		default:
			r.unsupported = true
		}
	}
	return r.end
}

// flowPair reads a key and its value.
func (r *reader) flowPair(at int) (behind int) {
	key, colon := r.flowScalar(at)
	r.Push(key)
	if r.unsupported || colon-at > maxKey || !r.isColon(colon) && !r.endsQuotedKey(at, colon) {
		r.unsupported = true
		return r.end
	}
	return r.flowValue(r.skipBlanks(colon + 1))
}

// endsQuotedKey reports whether a colon follows a quoted key, where no blank is needed.
func (r *reader) endsQuotedKey(at, colon int) bool {
	return (r.text[at] == '"' || r.text[at] == '\'') && colon < r.end && r.text[colon] == ':'
}

func (r *reader) flowValue(at int) (behind int) {
	n, behind := r.flowNode(at)
	r.Push(n)
	return behind
}

func (r *reader) flowNode(at int) (n *yaml.Node, behind int) {
	if at == r.end {
		r.unsupported = true
		return nil, r.end
	}
	switch r.text[at] {
	case '[', '{':
		return r.flow(at)
	case '*':
		return r.alias(at)
	case '&':
		behind = r.end
		n = r.anchored(at, func(at int) (n *yaml.Node) {
			n, behind = r.flowNode(at)
			return n
		})
		return n, behind
	}
	return r.flowScalar(at)
}

func (r *reader) flowScalar(at int) (n *yaml.Node, behind int) {
	switch {
	case at == r.end:
		r.unsupported = true
		return nil, r.end
	case r.text[at] == '"' || r.text[at] == '\'':
		return r.quoted(at)
	}
	behind = r.flowEnd(at)
	return r.plain(at, behind), behind
}

// flowEnd finds the end of a plain scalar: the end of the entry, or the colon of a key.
func (r *reader) flowEnd(at int) int {
	for i := at; i < r.end; i++ {
		switch c := r.text[i]; {
		case classes[c]&flowSeparator == 0:
		case c == ',' || c == ']' || c == '}':
			return i
		case c == ':' && (i+1 == r.end || strings.IndexByte(" ,[]{}", r.text[i+1]) >= 0):
			return i
		case c != ':':
			r.unsupported = true // may have a special meaning
			return r.end
		}
	}
	return r.end
}
