// Package image takes the references of container images apart: registry/path/name:tag@digest.
package image

import "strings"

// Name is a reference without tag and digest: registry.example.org:5000/ci/docker.
func Name(ref string) string {
	name, _, _ := strings.Cut(ref, "@")
	if i := colon(name); i >= 0 {
		name = name[:i]
	}
	return name
}

// Base is the last part of the name: docker.
func Base(ref string) string {
	name := Name(ref)
	return name[strings.LastIndexByte(name, '/')+1:]
}

// Tag of a reference; "" where it has none.
func Tag(ref string) string {
	name, _, _ := strings.Cut(ref, "@")
	if i := colon(name); i >= 0 {
		return name[i+1:]
	}
	return ""
}

// colon is the index of the colon before the tag; -1 where there is none. One before a slash belongs to a registry's
// port.
func colon(name string) int {
	if i := strings.LastIndexByte(name, ':'); i > strings.LastIndexByte(name, '/') {
		return i
	}
	return -1
}
