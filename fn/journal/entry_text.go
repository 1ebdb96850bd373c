package journal

import (
	"errors"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// parse parses the text of an entry. An alias in it refers to an anchor in the object's document or in another text
// of the journal.
func (c *Conversion) parse(text string) (yamldoc.Entry, error) {
	if known, ok := c.texts[text]; ok {
		return known.entry, known.err
	}
	e, err := parseEntry(text)
	c.texts[text] = parsed{e, err}
	return e, err
}

// resolve links the aliases of an entry to their anchors.
func (c *Conversion) resolve(e *yamldoc.Entry) {
	if e.Value.Kind == yaml.AliasNode {
		if n := c.anchor(e.Value.Value); n != nil {
			e.Value = n
		}
		return
	}
	c.resolveBelow(e.Value)
}

func (c *Conversion) resolveBelow(n *yaml.Node) {
	for _, child := range n.Content {
		if child.Kind != yaml.AliasNode {
			c.resolveBelow(child)
		} else if anchor := c.anchor(child.Value); anchor != nil {
			child.Alias = anchor
		}
	}
}

func hasAlias(n *yaml.Node) bool {
	return n.Kind == yaml.AliasNode || slices.ContainsFunc(n.Content, hasAlias)
}

// nonJSONTag returns a tag that is not of the JSON schema, of a node or of one below it, or "".
func nonJSONTag(n *yaml.Node) string {
	if tag := n.ShortTag(); n.Kind != yaml.AliasNode && !slices.Contains(plainTags, tag) {
		return tag
	}
	for _, child := range n.Content {
		if tag := nonJSONTag(child); tag != "" {
			return tag
		}
	}
	return ""
}

// plainTags are the tags that values have without one, or may have without being another value.
var plainTags = []string{
	yaml.NodeTagBool, yaml.NodeTagFloat, yaml.NodeTagInt, yaml.NodeTagMap, "!!merge", yaml.NodeTagNull, yaml.NodeTagSeq,
	yaml.NodeTagString, "!!timestamp",
}

var errControls = errors.New("a text has a line break or control character that no conversion records")

// hasControls reports whether a text has control characters, or line breaks other than \n.
func hasControls(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' || strings.ContainsRune(yamldoc.ExoticBreaks, r)
	})
}

func parseEntry(text string) (e yamldoc.Entry, err error) {
	if hasControls(text) {
		return e, errControls
	}
	if e, err = yamldoc.ReadEntry(yaml.SequenceNode, text); err == nil {
		return e, nil
	}
	return yamldoc.ReadEntry(yaml.MappingNode, text)
}
