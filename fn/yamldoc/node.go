package yamldoc

import (
	"iter"
	"math"
	"slices"
	"strconv"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/steps"
)

// Get follows a path of mapping keys, through aliases and merge keys. It returns nil if there is no value, or null.
func Get(n *yaml.Node, path ...string) *yaml.Node {
	for _, key := range path {
		n = child(n, key)
	}
	return settled(n)
}

// Text returns the scalar at a path, or "".
func Text(n *yaml.Node, path ...string) string {
	if s := Get(n, path...); s != nil && s.Kind == yaml.ScalarNode {
		return s.Value
	}
	return ""
}

// Int returns the whole number of a scalar in any spelling of YAML 1.1, as kubectl reads it: 30, 0x1e, 1_000, 3e1.
func Int(n *yaml.Node) (number int, ok bool) {
	if n == nil || n.Kind != yaml.ScalarNode {
		return 0, false
	}
	if whole, err := strconv.ParseInt(n.Value, 0, 64); err == nil {
		return int(whole), true
	}
	f, err := strconv.ParseFloat(n.Value, 64)
	return int(f), err == nil && f == math.Trunc(f) && math.Abs(f) < 1<<53
}

// IsTrue reports whether a scalar is a true boolean in any YAML 1.1 spelling, as kubectl and the Kubernetes API
// machinery read it (yaml.org/type/bool.html).
func IsTrue(n *yaml.Node) bool {
	if n == nil || n.Kind != yaml.ScalarNode {
		return false
	}
	return n.Value == "true" || isPlain(n) && slices.Contains(truths, n.Value)
}

// IsFalse reports whether a scalar is a boolean that is false, in any spelling of YAML 1.1.
func IsFalse(n *yaml.Node) bool {
	return n != nil && n.Kind == yaml.ScalarNode && isPlain(n) && slices.Contains(falsehoods, n.Value)
}

func isPlain(n *yaml.Node) bool {
	return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
}

var (
	truths     = []string{"y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE"}
	falsehoods = []string{"n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE"}
)

// Items returns the elements of the sequence at a path.
func Items(n *yaml.Node, path ...string) []*yaml.Node {
	s := Get(n, path...)
	if s == nil || s.Kind != yaml.SequenceNode {
		return nil
	}
	return s.Content
}

// Keys returns the keys of the mapping at a path, in order, including merged ones.
func Keys(n *yaml.Node, path ...string) []string {
	m := Get(n, path...)
	if m == nil || m.Kind != yaml.MappingNode {
		return nil
	}
	keys := make([]string, 0, len(m.Content)/2)
	for key := range Entries(m) {
		keys = append(keys, key)
	}
	return keys
}

// HasKeys reports whether a mapping has exactly these keys in this order.
func HasKeys(m *yaml.Node, keys ...string) bool {
	if m = Target(m); m != nil && len(m.Content) != 2*len(keys) && !slices.ContainsFunc(m.Content, IsMerge) {
		return false // without an iterator, for most mappings
	}
	n := 0
	for key := range Entries(m) {
		if n == len(keys) || key != keys[n] {
			return false
		}
		n++
	}
	return n == len(keys)
}

// Entries yields the keys and values of a mapping in order, including merged ones. Each key occurs once, with the
// value that counts: the mapping's own before a merged one, an earlier merged one before a later one.
func Entries(m *yaml.Node) iter.Seq2[string, *yaml.Node] {
	return func(yield func(string, *yaml.Node) bool) {
		m = Target(m)
		if m == nil || m.Kind != yaml.MappingNode {
			return
		}
		if !slices.ContainsFunc(m.Content, IsMerge) {
			for i := 0; i < len(m.Content) && yield(m.Content[i].Value, m.Content[i+1]); i += 2 {
			}
			return
		}
		given := map[string]bool{}
		for i := 0; i < len(m.Content); i += 2 {
			given[m.Content[i].Value] = true
		}
		entries(m, given, yield)
	}
}

// entries yields the mapping's own entries, and merged entries whose keys were not given before.
func entries(m *yaml.Node, given map[string]bool, yield func(string, *yaml.Node) bool) bool {
	for i := 0; i < len(m.Content); i += 2 {
		key, v := m.Content[i], m.Content[i+1]
		if !IsMerge(key) {
			if !yield(key.Value, v) {
				return false
			}
			continue
		}
		for _, from := range merged(v) {
			unseen := func(key string, v *yaml.Node) bool {
				if given[key] {
					return true
				}
				given[key] = true
				return yield(key, v)
			}
			for key, v := range Entries(from) {
				if !unseen(key, v) {
					return false
				}
			}
		}
	}
	return true
}

// Target returns the node itself, or the target of an alias.
func Target(n *yaml.Node) *yaml.Node {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

func settled(n *yaml.Node) *yaml.Node {
	n = Target(n)
	if n == nil || IsNull(n) {
		return nil
	}
	return n
}

func child(n *yaml.Node, key string) *yaml.Node {
	n = Target(n)
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	if i := index(n, key); i >= 0 {
		return n.Content[i+1]
	}
	for i := 0; i < len(n.Content); i += 2 {
		if !IsMerge(n.Content[i]) {
			continue
		}
		for _, from := range merged(n.Content[i+1]) {
			if v := child(from, key); v != nil {
				return v
			}
		}
	}
	return nil
}

// index returns the index of a key in a mapping's content, or -1.
func index(m *yaml.Node, key string) int {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key && m.Content[i].Kind == yaml.ScalarNode {
			steps.Count(i/2 + 1)
			return i
		}
	}
	steps.Count(len(m.Content) / 2)
	return -1
}

// IsMerge reports whether a key is a merge key, and not a text of the same letters.
func IsMerge(key *yaml.Node) bool {
	return key.Kind == yaml.ScalarNode && key.Value == "<<" && key.ShortTag() == yaml.MergeTag
}

// merged returns the mappings of a merge key, in order of precedence.
func merged(v *yaml.Node) []*yaml.Node {
	v = Target(v)
	if v != nil && v.Kind == yaml.SequenceNode {
		var all []*yaml.Node
		for _, c := range v.Content {
			all = append(all, Target(c))
		}
		return all
	}
	return []*yaml.Node{v}
}
