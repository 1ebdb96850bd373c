package kube

import "github.com/boxp/dindify/fn/yamldoc"

// patchKeys limits the keys of such a part, which names what it deletes or compares and little else: many mentions in a
// large mapping, such as the data of a ConfigMap, would each search all its keys.
const patchKeys = 32

// AddsNothing reports whether the field is in a part of a patch that only deletes or compares: below $patch: delete of
// a strategic merge patch, or in a test of a JSON patch.
func (f Field) AddsNothing() bool {
	for at := &f; at != nil; at = at.parent {
		if n := yamldoc.Target(at.node); n == nil || len(n.Content) > 2*patchKeys {
			continue
		}
		isTest := yamldoc.Text(at.node, "op") == "test" && yamldoc.Get(at.node, "path") != nil
		if isTest || yamldoc.Text(at.node, "$patch") == "delete" {
			return true
		}
	}
	return false
}
