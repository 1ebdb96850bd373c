package kube

import "github.com/boxp/dindify/fn/yamldoc"

// patchKeys is the number of keys up to which a mapping is searched for a patch's directive. Such a mapping names what
// it deletes or compares, and little else. In a larger one, such as the data of a ConfigMap, there may be thousands of
// fields, and each would search all keys.
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
