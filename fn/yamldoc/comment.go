package yamldoc

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// comment gives the nodes of the text, and those that were restored, their comments. The quick reader leaves them out,
// and only an encoder needs them: lines are copied from the text as they are.
func (d *Draft) comment() {
	d.commentFromText()
	for _, r := range d.restored {
		full, err := parseEntry(r.kind, r.text, fast.Parse)
		if err != nil {
			continue
		}
		if d.commentLike(r.entry.Value, full.Value); full.Key != nil {
			d.commentLike(r.entry.Key, full.Key)
		}
	}
	d.restored = nil
}

// commentFromText does so for the nodes of the text, once. The parser gives a last comment to another node if no line
// break ends it, which must not change what is printed.
func (d *Draft) commentFromText() {
	text, lacks := d.text, d.nodes != nil && d.nodes.Commented
	if !strings.HasSuffix(text, "\n") {
		text, lacks = text+"\n", true
	}
	if d.commented || !lacks {
		return
	}
	d.commented = true
	if full, err := parseFully(text); err == nil {
		d.commentLike(d.root, full)
	}
}

// commentLike copies the comments from another tree of the same text.
func (d *Draft) commentLike(n, full *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = full.HeadComment, full.LineComment, full.FootComment
	for i, c := range d.Original(n) {
		if i < len(full.Content) {
			d.commentLike(c, full.Content[i])
		}
	}
}

// isOfText reports whether a tree has a node from the text.
func isOfText(n *yaml.Node) bool {
	if n.Line != 0 {
		return true
	}
	for _, c := range n.Content {
		if isOfText(c) {
			return true
		}
	}
	return false
}
