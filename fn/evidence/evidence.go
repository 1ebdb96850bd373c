// Package evidence knows what public programs do with a Docker socket, by the names of their images. The tables are
// in observers.go, cleaners.go and clients.go; each line has a public source.
package evidence

import (
	"slices"
	"strings"
	"sync"
)

// Kind is what a program needs the socket for.
type Kind string

// The kinds.
const (
	Observer Kind = "observer" // reads or changes containers that it did not start
	Cleaner  Kind = "cleaner"  // removes what the daemon no longer needs
	Client   Kind = "client"   // starts its own containers, or builds images
)

// Family describes the images of one program, in any registry.
type Family struct {
	// Name is a sequence of words in the image's name without registry and tag, such as "datadog/agent" or "docker-gc".
	// It matches if these words follow each other and the last of them is in the last part of the name: "docker-gc"
	// matches acme/docker-gc-cron, "datadog/agent" matches mirror/datadog-agent. With a leading "=" the image's name
	// must end in exactly these parts: "=docker" matches library/docker, not docker-gc.
	Name   string
	Role   Role
	Source string // public repository and path, or a page, that shows the use of the socket
}

// Role is what a program does with the socket.
type Role struct {
	Does  string // a phrase for messages: "reads the logs of the node's containers"
	Binds bool   // a client that mounts folders of its own file system into the containers that it starts
	// Folder is a folder of its image that it mounts into the containers that it starts.
	Folder string
	// Work is the folder that it works in and mounts into them, unless the variable WorkVariable names another one.
	Work, WorkVariable string
	// ReachedOnNode is true if the program starts containers itself, but others reach them on the node. It is neither an
	// observer nor a client that its own daemon could serve.
	ReachedOnNode bool
	// ByCommandOnly is true of a program that does what its command line says, and nothing by itself.
	ByCommandOnly bool
}

// Match is the family of an image.
type Match struct {
	Family
	Kind Kind
}

// known lists all families by the last word of their names. If two match equally well, the first counts; the order
// prefers not to convert, since a wrong conversion is worse than none.
var known = sync.OnceValue(func() map[string][]matcher {
	all, n := map[string][]matcher{}, 0
	for _, t := range []struct {
		kind     Kind
		families []Family
	}{{Observer, Observers}, {Cleaner, Cleaners}, {Client, Clients}} {
		for _, f := range t.families {
			exact, isExact := strings.CutPrefix(f.Name, "=")
			split := words(exact)
			last := split[len(split)-1]
			all[last] = append(all[last], matcher{Match{f, t.kind}, exact, isExact, split, n})
			n++
		}
	}
	return all
})

// matcher is a family, prepared for comparisons.
type matcher struct {
	Match
	name    string // without "="
	isExact bool
	words   []string
	order   int
}

// Of finds the family of an image: of several that match, the one with the most words. ok is false where none does.
func Of(image string) (found Match, ok bool) {
	var best *matcher
	name := parse(image)
	for _, word := range name.words[name.last:] {
		candidates := known()[word]
		for i := range candidates {
			if m := &candidates[i]; m.matches(name) && m.isBetter(best) {
				best = m
			}
		}
	}
	if best == nil {
		return Match{}, false
	}
	return best.Match, true
}

func (m *matcher) isBetter(than *matcher) bool {
	return than == nil || len(m.words) > len(than.words) || len(m.words) == len(than.words) && m.order < than.order
}

func (m *matcher) matches(image name) bool {
	if m.isExact {
		return image.text == m.name || strings.HasSuffix(image.text, "/"+m.name)
	}
	return image.has(m.words)
}

// name is an image without registry, tag and digest, in lower case.
type name struct {
	text  string
	words []string // of all parts
	last  int      // index of the first word of the last part
}

func parse(image string) name {
	text := strings.ToLower(image)
	text, _, _ = strings.Cut(text, "@")
	if i := strings.LastIndexByte(text, ':'); i > strings.LastIndexByte(text, '/') {
		text = text[:i]
	}
	if host, rest, ok := strings.Cut(text, "/"); ok && (strings.ContainsAny(host, ".:") || host == "localhost") {
		text = rest
	}
	all := words(text)
	return name{text, all, len(all) - len(words(text[strings.LastIndexByte(text, '/')+1:]))}
}

// has reports whether the words follow each other in the name, and end in its last part.
func (n name) has(want []string) bool {
	for end := max(n.last+1, len(want)); end <= len(n.words); end++ {
		if slices.Equal(n.words[end-len(want):end], want) {
			return true
		}
	}
	return false
}

// words are what stands between the separators that an image's name may have.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/-_.", r) })
}

// HasDaemon reports whether an image has a Docker daemon that it starts by itself: "dind" is a word of its name or tag
// (docker:28-dind-rootless, drpsychick/dind-buildx-helm), which is how such images are called.
func HasDaemon(image string) bool {
	repository, _, _ := strings.Cut(strings.ToLower(image), "@")
	isSeparator := func(r rune) bool { return strings.ContainsRune("/-_.:", r) }
	return slices.Contains(strings.FieldsFunc(repository, isSeparator), "dind")
}
