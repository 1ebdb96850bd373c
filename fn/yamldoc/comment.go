package yamldoc

import "sigs.k8s.io/kustomize/kyaml/yaml"

// comment gives the nodes of the text their comments. The quick reader leaves them out, and only an encoder needs them:
// lines that stay are copied from the text as they are.
func (d *Draft) comment() {
	if d.nodes == nil || !d.nodes.Commented {
		return
	}
	d.nodes.Commented = false
	if full, err := parseFully(d.text); err == nil {
		d.commentLike(d.root, full)
	}
}

// commentLike copies the comments of a tree of the same text.
func (d *Draft) commentLike(n, full *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = full.HeadComment, full.LineComment, full.FootComment
	for i, c := range d.Original(n) {
		if i < len(full.Content) {
			d.commentLike(c, full.Content[i])
		}
	}
}

// isOfText says whether a tree has a node of the text in it.
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
