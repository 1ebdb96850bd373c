package socket

import (
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

func (s *scanner) words(text string, role Role) {
	for _, word := range words(text) {
		s.word(word, role)
	}
}

// word records one word of a line, in the role of its line unless its own form implies another one.
func (s *scanner) word(word string, role Role) {
	if !strings.HasPrefix(word, `\\`) {
		// A key of a mapping, the end of a sentence, an escaped quote, or the beginning of $(NAME).
		word = strings.TrimRight(word, `:.\$`)
	}
	if strings.HasPrefix(word, "-v/") {
		word = word[2:]
	}
	if role != HostPath {
		if name, value, ok := strings.Cut(word, "="); ok && strings.Trim(name, "-") != "" {
			if name == "source" || name == "src" {
				role = Bind
			}
			word = value
		}
	}
	if at, is := endpoint(word); is {
		if m := s.mention(at, Endpoint); m != nil {
			s.found = append(s.found, *m)
		} else {
			s.add(at, Use{Runtime: Docker}, Endpoint)
		}
		return
	}
	if source, target, ok := strings.Cut(word, ":"); ok && isWhole(target) && isSource(source) {
		word, role = source, Bind
	}
	if m := s.mention(word, role); m != nil {
		s.found = append(s.found, *m)
	}
}

// isWhole reports whether a path begins at the root, or at that of Windows pipes.
func isWhole(path string) bool { return strings.HasPrefix(path, "/") || strings.HasPrefix(path, `\\`) }

// isSource reports whether the left side of a bind mount is a path: an absolute one, or that of a socket below a
// variable or a folder.
func isSource(path string) bool {
	if isWhole(path) {
		return true
	}
	u, leads := Find(path)
	return leads && u.IsSocket() && strings.ContainsRune(beginnings, rune(path[0]))
}

// beginnings of a path that is relative to what a shell or a template knows.
const beginnings = "$~.%"

// IsRelative says whether a path is one of a repository, or of a program's folder.
func (m Mention) IsRelative() bool {
	return !isWhole(m.Path) && (m.Path == "" || !strings.ContainsRune(beginnings, rune(m.Path[0])))
}

// mention returns the mention for a path, or nil if the path leads to no runtime. The root folder counts only as a
// path on the node: elsewhere "/" means many other things. So does a relative path, unless it names a socket.
func (s *scanner) mention(at string, role Role) *Mention {
	u, ok := Find(at)
	isRoot, isRelative := strings.Trim(at, "/") == "", !strings.HasPrefix(at, "/") && !strings.HasPrefix(at, `\`)
	if !ok || isRoot && role != HostPath && role != Bind || isRelative && !u.IsSocket() {
		return nil
	}
	return &Mention{Use: u, Path: at, Line: s.line, Role: role}
}

func (s *scanner) add(at string, u Use, role Role) {
	s.found = append(s.found, Mention{Use: u, Path: at, Line: s.line, Role: role})
}

var dockerPort = pattern.Lazy(`^(?:tcp://|https?://)?[A-Za-z0-9._-]+:237[56](?::[0-9]+)?(?:/|/tcp)?$`)

// endpoint returns what a Docker endpoint names, without its scheme.
func endpoint(word string) (at string, is bool) {
	word = strings.TrimPrefix(word, "-H") // docker's option, with the value directly after it
	for _, scheme := range []string{"unix://", "npipe://", "fd://"} {
		if at, is := strings.CutPrefix(word, scheme); is {
			_, leads := Find(at)
			return at, leads
		}
	}
	if strings.Contains(word, ":237") && dockerPort().MatchString(word) {
		_, at, found := strings.Cut(word, "://")
		if !found {
			at = word
		}
		return at, true
	}
	return "", false
}

func words(text string) []string { return strings.FieldsFunc(text, isBetweenWords) }

func isBetweenWords(r rune) bool { return strings.ContainsRune(" \t\r\n\"'`,;(){}[]<>|", r) }
