package kube

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// Hostname is the node label that pins a pod to a single node.
const Hostname = "kubernetes.io/hostname"

// WithoutHostname returns a copy of an affinity without the node affinity terms on the host name, and without the
// collections that this empties; nil if nothing is left.
func WithoutHostname(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.ScalarNode || n.Kind == yaml.AliasNode {
		return n
	}
	if yamldoc.Text(n, "key") == Hostname {
		return nil
	}
	cp := *n
	cp.Content, cp.Line = nil, 0
	k := step(n)
	for i := 0; i < len(n.Content); i += k {
		if v := WithoutHostname(n.Content[i+k-1]); v != nil {
			cp.Content = append(cp.Content, append(slices.Clone(n.Content[i:i+k-1]), v)...)
		}
	}
	if len(cp.Content) < len(n.Content) && (len(cp.Content) == 0 || onlyWeight(&cp)) {
		return nil
	}
	return &cp
}

// onlyWeight matches a preferred scheduling term that has lost its preference.
func onlyWeight(n *yaml.Node) bool {
	return n.Kind == yaml.MappingNode && yamldoc.HasKeys(n, "weight")
}
