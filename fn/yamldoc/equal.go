package yamldoc

import "sigs.k8s.io/kustomize/kyaml/yaml"

// Equal reports whether two trees mean the same. Aliases and merge keys are compared expanded. Comments, style,
// anchors, the order of keys and the spelling of null are ignored.
func Equal(a, b *yaml.Node) bool {
	if isAlias(a) && isAlias(b) && a.Value == b.Value {
		return true // of the same anchor, which is compared in its own place
	}
	a, b = Target(a), Target(b)
	switch {
	case a == nil || b == nil || a == b:
		return a == b
	case a.Kind != b.Kind:
		return false
	case a.Kind == yaml.MappingNode:
		if sameKeys(a, b) {
			return equalElements(a.Content, b.Content)
		}
		return equalByKey(a, b)
	case a.Kind == yaml.SequenceNode:
		return equalElements(a.Content, b.Content)
	}
	return IsNull(a) && IsNull(b) || a.Value == b.Value && sameTag(a, b)
}

func isAlias(n *yaml.Node) bool { return n != nil && n.Kind == yaml.AliasNode }

func equalElements(a, b []*yaml.Node) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

// sameKeys reports whether two mappings have the same keys in the same order, the usual case.
func sameKeys(a, b *yaml.Node) bool {
	if len(a.Content) != len(b.Content) {
		return false
	}
	for i := 0; i < len(a.Content); i += 2 {
		x, y := a.Content[i], b.Content[i]
		if x.Kind != yaml.ScalarNode || y.Kind != yaml.ScalarNode || x.Value != y.Value || IsMerge(x) || IsMerge(y) {
			return false
		}
	}
	return true
}

func equalByKey(a, b *yaml.Node) bool {
	values, n := map[string]*yaml.Node{}, 0
	for key, v := range Entries(a) {
		values[key] = v
	}
	for key, v := range Entries(b) {
		if n++; values[key] == nil || !Equal(values[key], v) {
			return false
		}
	}
	return n == len(values)
}

// sameTag compares tags. Resolving a short tag takes longer than the rest of a comparison.
func sameTag(a, b *yaml.Node) bool {
	return a.Tag != "" && a.Tag == b.Tag || a.ShortTag() == b.ShortTag()
}
