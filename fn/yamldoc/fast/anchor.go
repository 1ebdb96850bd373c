package fast

import "sigs.k8s.io/kustomize/kyaml/yaml"

// anchored reads an anchor, and what it names with the given function.
func (r *reader) anchored(at int, read func(at int) *yaml.Node) *yaml.Node {
	name, behind := r.name(at)
	behind = r.skipBlanks(behind)
	target, known := r.anchors[name]
	isInside := known && target == nil // its own node
	isError := behind < r.end && (r.text[behind] == '*' || r.text[behind] == '&')
	if r.unsupported = r.unsupported || isInside || isError; r.unsupported {
		return nil
	}
	if r.anchors == nil {
		r.anchors = map[string]*yaml.Node{}
	}
	r.anchors[name] = nil
	line, column := r.line, r.column(at)
	n := read(behind)
	if r.unsupported {
		return nil
	}
	n.Anchor, n.Line, n.Column = name, line, column
	r.anchors[name] = n
	return n
}

// alias reads an alias, and returns the offset after it.
func (r *reader) alias(at int) (n *yaml.Node, behind int) {
	name, behind := r.name(at)
	target := r.anchors[name]
	if target == nil {
		r.unsupported = true // unknown, or in its own target
		return nil, r.end
	}
	n = r.node(yaml.AliasNode, "", at)
	n.Value, n.Alias = name, target
	return n, behind
}

// name reads the name of an anchor or alias, and returns the offset after it.
func (r *reader) name(at int) (name string, behind int) {
	from := at + 1
	for at = from; at < r.end && (isLetter(r.text[at]) || r.text[at] >= '0' && r.text[at] <= '9' || r.text[at] == '-'); {
		at++
	}
	if at == from {
		r.unsupported = true
	}
	if at < r.end {
		switch r.text[at] {
		case ' ', ',', ']', '}':
		default:
			r.unsupported = true
		}
	}
	return r.text[from:at], at
}
