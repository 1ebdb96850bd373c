// Package image parses references of container images: registry/path/name:tag@digest.
package image

import "strings"

// Name returns a reference without tag and digest: registry.example.org:5000/ci/docker.
func Name(ref string) string {
	name, _, _ := strings.Cut(ref, "@")
	if i := colon(name); i >= 0 {
		name = name[:i]
	}
	return name
}

// Base returns the last part of the name: docker.
func Base(ref string) string {
	name := Name(ref)
	return name[strings.LastIndexByte(name, '/')+1:]
}

// Tag returns the tag of a reference, or "".
func Tag(ref string) string {
	name, _, _ := strings.Cut(ref, "@")
	if i := colon(name); i >= 0 {
		return name[i+1:]
	}
	return ""
}

// colon returns the index of the colon before the tag, or -1. A colon before a slash belongs to the registry's port.
func colon(name string) int {
	if i := strings.LastIndexByte(name, ':'); i > strings.LastIndexByte(name, '/') {
		return i
	}
	return -1
}
