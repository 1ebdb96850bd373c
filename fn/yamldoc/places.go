package yamldoc

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// places finds nodes in a list. It uses a map for a long list, so that finding every node takes linear time.
type places struct {
	nodes []*yaml.Node
	at    map[*yaml.Node]int // nil for a short list
}

// longList is the length from which a map is faster.
const longList = 64

func placesOf(nodes []*yaml.Node) places {
	p := places{nodes: nodes}
	if len(nodes) < longList {
		return p
	}
	p.at = make(map[*yaml.Node]int, len(nodes))
	for i, n := range slices.Backward(nodes) { // the first occurrence of a node counts
		p.at[n] = i
	}
	return p
}

// index returns the index of a node, or -1.
func (p places) index(n *yaml.Node) int {
	if p.at == nil {
		return slices.Index(p.nodes, n)
	}
	if i, ok := p.at[n]; ok {
		return i
	}
	return -1
}

func (p places) has(n *yaml.Node) bool { return p.index(n) >= 0 }

// step is the number of nodes per entry of a collection.
func step(n *yaml.Node) int {
	if n.Kind == yaml.MappingNode {
		return 2
	}
	return 1
}
