package journal

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// anchored is what an anchor stands for.
type anchored struct {
	node      *yaml.Node // nil if it has no value for an alias
	ambiguous bool       // it stands for several values
}

// anchor finds the node that an alias refers to. One in another text counts only if it has no alias itself, so that
// there are no cycles.
func (c *Conversion) anchor(name string) *yaml.Node { return c.lookUp(name).node }

// ambiguousAnchor returns the name of an anchor or alias in a text that stands for several values in the document and
// the texts, or "". Which of them a parser takes depends on the order after the revert.
func (c *Conversion) ambiguousAnchor(n *yaml.Node) string {
	name := n.Anchor
	if n.Kind == yaml.AliasNode {
		name = n.Value
	}
	if name != "" && c.lookUp(name).ambiguous {
		return name
	}
	for _, child := range n.Content {
		if name := c.ambiguousAnchor(child); name != "" {
			return name
		}
	}
	return ""
}

// lookUp finds an anchor in the document and in the texts.
func (c *Conversion) lookUp(name string) anchored {
	if a, known := c.anchors[name]; known {
		return a
	}
	var a anchored
	taken := false
	take := func(n *yaml.Node) {
		a = anchored{n, a.ambiguous || taken && (n == nil || !yamldoc.Equal(a.node, n))}
		taken = true
	}
	for _, n := range c.inDocument(name) {
		take(n)
	}
	for _, n := range c.inTexts()[name] {
		if hasAlias(n) {
			n = nil
		}
		take(n)
	}
	c.anchors[name] = a
	return a
}

// inTexts returns the nodes with an anchor in the texts, by its name.
func (c *Conversion) inTexts() map[string][]*yaml.Node {
	if c.anchoredTexts != nil {
		return c.anchoredTexts
	}
	c.anchoredTexts = map[string][]*yaml.Node{}
	for _, e := range c.j.Edits {
		for _, p := range e.Put {
			if entry, err := c.parse(p.Text); err == nil {
				yamldoc.TakeAnchors(entry.Value, c.anchoredTexts)
			}
		}
	}
	return c.anchoredTexts
}
