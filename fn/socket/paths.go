package socket

import (
	"slices"
	"strings"
)

// keysOf reads a part of a line that may have keys for paths on the node.
func (s *scanner) keysOf(text string) {
	if keys := pathKeys(text); len(keys) > 0 {
		s.readPaths(text, keys)
	} else {
		s.keyed(text)
	}
}

// pathKeys returns the positions of the keys for paths on the node. A comparison, as in Rego, is not one.
func pathKeys(line string) [][]int {
	if !contains(line, pathWords) { // the expression is slow, and most lines have no such key
		return nil
	}
	return slices.DeleteFunc(pathKey().FindAllStringSubmatchIndex(line, -1), func(key []int) bool {
		return strings.HasSuffix(line[:key[1]], "=") && strings.HasPrefix(line[key[1]:], "=")
	})
}

// readPaths reads a line with keys for paths on the node.
func (s *scanner) readPaths(line string, keys [][]int) {
	s.keyed(line[:keys[0][0]])
	for i, key := range keys {
		end := len(line)
		if i+1 < len(keys) {
			end = keys[i+1][2] // with a brace before it
		}
		s.readPath(line[key[2]:key[3]], line[key[1]:end], key[2])
	}
}

// readPath reads the value of a key that may name a path on the node. "path" alone is used for many other things: it
// counts only below a hostPath, or if it names a socket.
func (s *scanner) readPath(key, value string, column int) {
	s.hasHost = s.hasHost || key == "host_path"
	if key == "host_path" && s.mountOnly != nil {
		s.mountOnly.Role = MountPath
		s.found, s.mountOnly = append(s.found, *s.mountOnly), nil
	}
	rest := ""
	if at := mountKey().FindStringIndex(value); at != nil {
		value, rest = value[:at[0]], value[at[0]:]
	}
	defer s.words(rest, MountPath)
	switch {
	case key != "path":
		s.enter(column)
		s.words(value, HostPath)
		s.inHostPath = continues(value)
	case s.inHostPath:
		s.words(value, HostPath)
	default:
		s.readOtherPath(value)
	}
}

func (s *scanner) readOtherPath(value string) {
	for _, word := range words(value) {
		if u, ok := Find(word); ok && u.IsSocket() && isSource(word) { // else it is one of the repository
			s.add(word, u, HostPath)
		} else {
			s.word(word, Plain)
		}
	}
}

// continues reports whether the lines below belong to a value: it is empty so far, or in brackets that are open.
func continues(value string) bool {
	count := func(bracket string) int { return strings.Count(value, bracket) }
	return strings.Trim(value, " \t\r\n{[\"'|>-") == "" || count("{")+count("[") > count("}")+count("]")
}
