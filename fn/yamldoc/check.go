package yamldoc

import (
	"errors"
	"fmt"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/limits"
)

// Errors for documents that exceed a limit.
var (
	ErrTooManyAliases = fmt.Errorf("the aliases and merge keys of this document expand to more than %d nodes: "+
		"write them out",
		limits.Copies)
	errSelfAlias = errors.New("an alias refers to a node that contains it")
	errTooDeep   = fmt.Errorf("lists and mappings are nested deeper than %d levels", limits.Depth)
)

// checker checks the limits of one document, and finds duplicate keys. Its work is linear in the length of the text:
// it visits each node once.
type checker struct {
	visited  int                // nodes in the text
	expanded int                // nodes with aliases expanded
	sizes    map[*yaml.Node]int // sizes of the targets of aliases, expanded; unfinished while they are counted
	keys     map[string]int     // line of each key of a large mapping
	aliases  bool
}

const unfinished = -1

func (c *checker) check(root *yaml.Node) error {
	if root == nil {
		return nil
	}
	size, err := c.size(root, 1)
	if err != nil {
		return err
	}
	if c.expanded = size; c.aliases && c.expanded-c.visited > limits.Copies {
		return ErrTooManyAliases
	}
	return nil
}

// size counts the nodes of an expanded tree. It may stop counting above the limit.
func (c *checker) size(n *yaml.Node, depth int) (size int, err error) {
	c.visited++
	switch {
	case n.Kind == yaml.AliasNode:
		c.aliases = true
		return c.target(n)
	case depth > limits.Depth && len(n.Content) > 0:
		return 0, at(n, errTooDeep)
	case n.Kind == yaml.MappingNode:
		if err := c.duplicateKey(n); err != nil {
			return 0, err
		}
	}
	if n.Anchor != "" {
		c.note(n, unfinished)
	}
	size = 1
	for _, child := range n.Content {
		if child.Kind == yaml.ScalarNode && child.Anchor == "" {
			c.visited++
			size = min(size+1, tooMany)
			continue
		}
		s, err := c.size(child, depth+1)
		if err != nil {
			return 0, err
		}
		size = min(size+s, tooMany)
	}
	if n.Anchor != "" {
		c.note(n, size)
	}
	return size, nil
}

// tooMany prevents an overflow of the sum of sizes.
const tooMany = 1 << 40

// target returns the size of an alias's target. Anchors come before their aliases, so the size is known, unless the
// alias is in its own target.
func (c *checker) target(alias *yaml.Node) (int, error) {
	switch size, known := c.sizes[alias.Alias]; {
	case !known, size == unfinished:
		return 0, at(alias, errSelfAlias)
	default:
		return size, nil
	}
}

func (c *checker) note(n *yaml.Node, size int) {
	if c.sizes == nil {
		c.sizes = map[*yaml.Node]int{}
	}
	c.sizes[n] = size
}

// Up to this many keys, comparing them with each other is faster than a map.
const fewKeys = 16

func (c *checker) duplicateKey(m *yaml.Node) error {
	if len(m.Content) > 2*fewKeys {
		return c.duplicateOfMany(m)
	}
	for i := 0; i < len(m.Content); i += 2 {
		for j := 0; j < i; j += 2 {
			a, b := m.Content[j], m.Content[i]
			if a.Kind == yaml.ScalarNode && b.Kind == yaml.ScalarNode && a.Value == b.Value && !IsMerge(a) {
				return duplicate(b, a.Line)
			}
		}
	}
	return nil
}

func (c *checker) duplicateOfMany(m *yaml.Node) error {
	if c.keys == nil {
		c.keys = make(map[string]int, len(m.Content)/2)
	}
	clear(c.keys)
	for i := 0; i < len(m.Content); i += 2 {
		key := m.Content[i]
		if key.Kind != yaml.ScalarNode || IsMerge(key) {
			continue
		}
		if line, known := c.keys[key.Value]; known {
			return duplicate(key, line)
		}
		c.keys[key.Value] = key.Line
	}
	return nil
}

func duplicate(key *yaml.Node, first int) error {
	return fmt.Errorf("line %d: duplicate key %q in a mapping (first in line %d)", key.Line, key.Value, first)
}

func at(n *yaml.Node, err error) error { return fmt.Errorf("line %d: %w", n.Line, err) }
