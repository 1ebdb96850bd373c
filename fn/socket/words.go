package socket

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// escapes replaces escape sequences: those of a Windows pipe, and those that end a word in a quoted text.
var escapes = strings.NewReplacer(`\\\\.\\pipe\\`, `\\.\pipe\`, `\n`, "  ", `\t`, "  ", `\"`, `" `)

func (s *scanner) words(text string, role Role) {
	for _, word := range words(text) {
		s.word(word, role)
		s.afterOption = slices.Contains(hostOptions, word)
	}
	s.afterOption = false
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
	isHost := s.inHost || s.afterOption
	for {
		name, value, ok := strings.Cut(word, "=")
		if !ok || strings.Trim(name, "-") == "" || strings.ContainsAny(name, `/\:`) {
			break
		}
		if name == "source" || name == "src" {
			role = Bind
		}
		isHost = isHost || slices.Contains(hostOptions, name) || name == "host" && strings.Contains(s.text, "context")
		word = value
	}
	if at, is := endpoint(word, isHost); is {
		if m := s.mention(at, Endpoint); m != nil {
			s.found = append(s.found, *m)
		} else {
			s.add(at, Use{Runtime: Docker}, Endpoint)
		}
		return
	}
	if m := s.mention(sideOfMount(word, role)); m != nil {
		s.found = append(s.found, *m)
	}
}

// sideOfMount returns the path that counts in SOURCE:TARGET[:OPTIONS], with its role, and any other word as it is.
func sideOfMount(word string, role Role) (string, Role) {
	source, target, ok := strings.Cut(word, ":")
	if !ok {
		return word, role
	}
	path, _, _ := strings.Cut(target, ":")
	switch _, leads := Find(source); {
	case leads && isSource(source) && isTarget(target):
		return source, Bind
	case role != HostPath && namesSocket(target):
		return path, role // as in ssh -L a:/run/docker.sock
	case role != HostPath && isVolumeName(source) && isWhole(target):
		return path, MountPath
	}
	return word, role
}

// isWhole reports whether a path begins at the root, or at that of Windows pipes.
func isWhole(path string) bool { return strings.HasPrefix(path, "/") || strings.HasPrefix(path, `\\`) }

// isVolumeName reports whether the left side of a bind mount is the name of a volume of Docker.
func isVolumeName(source string) bool { return volumeName().MatchString(source) }

var volumeName = pattern.Lazy(`^[a-zA-Z0-9][\w.-]+$`)

// isTarget reports whether the right side of a bind mount is a path: an absolute one, or a variable.
func isTarget(path string) bool {
	return isWhole(path) || path != "" && strings.ContainsRune("$%{", rune(path[0]))
}

// namesSocket reports whether a target, with its options, is an absolute path of a socket. An address is not one.
func namesSocket(target string) bool {
	target, _, _ = strings.Cut(target, ":")
	u, leads := Find(target)
	return leads && u.IsSocket() && isWhole(target) && !strings.HasPrefix(target, "//")
}

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
const beginnings = "$~.%{"

// IsRelative reports whether a path is one of a repository, or of a program's folder.
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
	return &Mention{Use: u, Path: at, Line: s.line, Text: s.text, Role: role}
}

func (s *scanner) add(at string, u Use, role Role) {
	s.found = append(s.found, Mention{Use: u, Path: at, Line: s.line, Text: s.text, Role: role})
}

// expansion matches the variables of a shell, of HCL or of a template in front of the rest of a path, as the target of
// a bind mount, or in an address. At the end of a path they are no part of the word, so its folder is seen.
var expansion = pattern.Lazy(`(?:` + variable + `)+/|(?://|[:@])(?:` + variable + `)+`)

const variable = `\$\{` + inVariable + `\}|\$\(` + inVariable + `\)|\{\{` + inVariable + `\}\}`

const inVariable = "[^{}()/\\\\:\"'`]*"

// statement matches a template's statement, which is not a part of the text around it.
var statement = pattern.Lazy(`\{\{-?\s*(?:if|else|end|range|with|block|define|break|continue)\b`)

// words splits a text. A variable in a path or an address does not end a word.
func words(text string) []string {
	if !strings.Contains(text, "$") && !strings.Contains(text, "{{") {
		return strings.FieldsFunc(text, isBetweenWords)
	}
	masked := expansion().ReplaceAllStringFunc(text, func(found string) string {
		if statement().MatchString(found) {
			return found
		}
		return strings.Repeat("x", len(found))
	})
	var all []string
	end := 0
	for _, word := range strings.FieldsFunc(masked, isBetweenWords) {
		begin := end + strings.Index(masked[end:], word)
		end = begin + len(word)
		all = append(all, text[begin:end])
	}
	return all
}

func isBetweenWords(r rune) bool { return strings.ContainsRune(" \t\r\n\"'`,;(){}[]<>|", r) }
