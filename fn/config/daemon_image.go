package config

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/image"
)

// withoutDaemon lists words in the tags of Docker's own image that mark a variant without the daemon, and the names
// of its other tools (docker-library/docker, the folders cli and windows; git was a variant until 2022).
var withoutDaemon = []string{"cli", "git", "windowsservercore", "nanoserver", "kubectl", "compose", "buildx"}

// others lists images that people mistake for one with a daemon, by the last part of their names.
var others = []string{
	"busybox", "alpine", "ubuntu", "debian", "buildkit", "kubectl", "compose", "compose-bin", "buildx", "buildx-bin",
	"nerdctl", "podman",
}

// LacksDaemon returns the evidence in an image's name that it has no daemon, or "". A word counts only together with
// "docker", and a tag of cli always: the name of a company's git-runner does not tell what it contains.
func LacksDaemon(ref string) string {
	name, tag := words(image.Base(ref)), words(image.Tag(ref))
	all := slices.Concat(name, tag)
	if slices.Contains(all, "dind") || slices.Contains(all, "dockerd") {
		return ""
	}
	if slices.Contains(others, image.Base(ref)) {
		return "it is " + image.Base(ref)
	}
	if !slices.Contains(name, "docker") && !slices.Contains(tag, "cli") {
		return ""
	}
	if i := slices.IndexFunc(all, func(word string) bool { return slices.Contains(withoutDaemon, word) }); i >= 0 {
		return "its name has " + all[i] + " in it"
	}
	return ""
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-_.", r) })
}
