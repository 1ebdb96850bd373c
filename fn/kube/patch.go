package kube

import "github.com/boxp/dindify/fn/yamldoc"

// AddsNothing reports whether the field is in a part of a patch that only deletes or compares: below $patch: delete of
// a strategic merge patch, or in a test of a JSON patch.
func (f Field) AddsNothing() bool {
	for at := &f; at != nil; at = at.parent {
		isTest := yamldoc.Text(at.node, "op") == "test" && yamldoc.Get(at.node, "path") != nil
		if isTest || yamldoc.Text(at.node, "$patch") == "delete" {
			return true
		}
	}
	return false
}
