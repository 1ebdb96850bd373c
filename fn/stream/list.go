// Package stream splits the input of hosts and files into documents, and prints it again. Text that no run has edited
// is printed byte for byte.
package stream

import (
	"errors"
	"fmt"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/yamldoc"
)

// List is a ResourceList, the input and output of a KRM function (config.kubernetes.io/v1, v1beta1 and v1alpha1).
type List struct {
	Items []*kube.Item

	frame *yamldoc.Document // everything except the items, which are "items: []" in it
	raw   []string          // of each item, including its dash
	docs  []*yamldoc.Document
	open  string // the line "items:"; "" if the input has none
	dash  int    // column of the items' dashes
	end   string // line end
}

// ErrNotAList is returned if the input is not a ResourceList.
var ErrNotAList = errors.New("the input is not a ResourceList (apiVersion config.kubernetes.io/v1), which is what a " +
	"KRM function gets from its host; for plain manifests use dindify convert FILE, or dindify convert - for standard " +
	"input")

// ReadList reads a ResourceList. It fails on bad YAML in the frame and in items for which isRelevant is true; see
// kube.ReadFromHost.
func ReadList(in string, isRelevant func(item string) bool) (*List, error) {
	l, err := cut(in, isRelevant)
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
	return cut(plain, isRelevant)
}

// listKind matches the kind of a list in text that may be no YAML.
var listKind = pattern.Lazy(`(?m)^[{ \t]*["']?kind["']?:[ \t]*["']?ResourceList\b`)

// normalize encodes a ResourceList as kyaml does, for input in JSON, in flow style, or with anchors across items.
func normalize(in string) (string, error) {
	doc, err := yamldoc.Parse(in)
	if err != nil && !listKind().MatchString(in) {
		return "", ErrNotAList // a stream of manifests is no single document
	}
	if err != nil {
		return "", fmt.Errorf("the input is not valid YAML: %w", err)
	}
	if !isList(doc.Root()) {
		return "", ErrNotAList
	}
	if items := yamldoc.Get(doc.Root(), "items"); items != nil && items.Kind != yaml.SequenceNode {
		return "", fmt.Errorf("items of the ResourceList must be a list (line %d)", items.Line)
	}
	return doc.Plain()
}

// Config returns the functionConfig, or nil.
func (l *List) Config() *yaml.Node { return yamldoc.Get(l.frame.Root(), "functionConfig") }
