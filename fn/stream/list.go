// Package stream reads what hosts and files hold, and writes it again: bytes of what no run has touched go through as
// they are, whatever an encoder would have made of them.
package stream

import (
	"errors"
	"fmt"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc"
)

// List is a ResourceList, the input and output of a KRM function (config.kubernetes.io/v1, v1beta1 and v1alpha1).
type List struct {
	Items []*kube.Item

	frame *yamldoc.Document // everything but the items; they are "items: []" in it
	raw   []string          // of each item, its dash included
	docs  []*yamldoc.Document
	open  string // the line "items:", "" where the input has none
	dash  int    // column of the items' dashes
	end   string // of its lines
}

// ErrNotAList is returned for input that is no ResourceList.
var ErrNotAList = errors.New("the input is not a ResourceList (apiVersion config.kubernetes.io/v1), which is what a " +
	"KRM function gets from its host; for plain manifests there is dindify convert FILE")

// ReadList reads a ResourceList. It fails on bad YAML, and in those items that tell something; see kube.ReadGiven.
func ReadList(in string, tells func(item string) bool) (*List, error) {
	l, err := cut(in, tells)
	if err == nil {
		return l, nil
	}
	if errors.Is(err, ErrNotAList) {
		return nil, err
	}
	plain, err := normalize(in)
	if err != nil {
		return nil, err
	}
	return cut(plain, tells)
}

// normalize prints a ResourceList as kyaml does: JSON, flow style, anchors across items.
func normalize(in string) (string, error) {
	doc, err := yamldoc.Parse(in)
	if err != nil {
		return "", fmt.Errorf("the input is not YAML: %w", err)
	}
	if !isList(doc.Root()) {
		return "", ErrNotAList
	}
	if items := yamldoc.Get(doc.Root(), "items"); items != nil && items.Kind != yaml.SequenceNode {
		return "", fmt.Errorf("items of the ResourceList must be a list (line %d)", items.Line)
	}
	return doc.Plain()
}

// Config is the functionConfig; nil where the host gives none.
func (l *List) Config() *yaml.Node { return yamldoc.Get(l.frame.Root(), "functionConfig") }
