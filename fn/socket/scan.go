package socket

import (
	"regexp"
	"slices"
	"strings"
)

// Scan returns the mentions of a text, line by line. It needs no parser, so it also reads templates, scripts and
// configuration of programs. It skips comments: lines that begin with # or //, and text after a blank and #. A line
// that ends a quote of several lines is no comment, since code may follow.
func Scan(text string) []Mention { return scan(text, hash) }

// ScanFile is Scan for a file, with the comments of its format.
func ScanFile(name, text string) []Mention {
	if !MayMention(text) {
		return nil
	}
	code, comments := splitComments(name, text)
	all := append(scan(code, commentsOf(name)), mentionsOf(comments)...)
	slices.SortStableFunc(all, func(a, b Mention) int { return a.Line - b.Line })
	return all
}

// MayMention reports whether a text may have mentions, in less time than Scan takes to find them.
func MayMention(text string) bool { return contains(text, telling) }

func scan(text string, c comments) []Mention {
	if !MayMention(text) {
		return nil
	}
	s := scanner{value: none, hostLine: none}
	for line := range strings.Lines(text) {
		s.line, s.text = s.line+1, strings.TrimSpace(line)
		if s.isOpen() || contains(line, telling) || contains(line, keys) {
			code, rest := doubtful(c.uncommented(line, s.quote))
			s.read(escapes.Replace(code))
			s.comment(rest)
		}
		s.quote = c.open(line, s.quote)
	}
	s.endSection()
	return s.found
}

// none is the index of no mention.
const none = -1

// scanner holds the state from the lines read so far.
type scanner struct {
	line       int
	text       string // of the line
	found      []Mention
	inHostPath bool     // below a key hostPath without a value on its own line, or after it on its line
	hostPathAt int      // column of that key
	patched    bool     // below the path of a JSON patch, or the name of a chart parameter, that sets a hostPath
	value      int      // index of the first mention in the value of such a patch, if the value is above the path
	section    bool     // in a section of GitLab Runner's TOML for host paths
	hasHost    bool     // such a section has a host_path
	mountOnly  *Mention // in such a section: what mount_path names, until there is a host_path

	hostLine    int  // the last line with DOCKER_HOST
	inHost      bool // the line has it, or its value
	afterOption bool // the word before is docker's option -H

	quote byte // that the lines above leave open; 0 is none
}

// isOpen reports whether the lines above may give a meaning to a line without telling words.
func (s *scanner) isOpen() bool { return s.inHostPath || s.patched || s.section || s.value != none }

func (s *scanner) read(line string) {
	s.readHost(line)
	if strings.Contains(line, "${") || strings.Contains(line, "default") {
		line = fallback().ReplaceAllString(line, "$1$2")
	}
	if strings.HasPrefix(strings.TrimLeft(line, " \t"), "[") {
		s.endSection()
		s.section = hostPathSection().MatchString(line)
	}
	if s.section && !s.hasHost {
		if m := tomlMount().FindStringSubmatch(line); m != nil {
			s.mountOnly = s.mention(m[1], HostPath)
			return
		}
	}
	s.leave(line)
	s.body(line)
}

// body reads a line, or the rest of one after a call.
func (s *scanner) body(line string) {
	hasPath := strings.Contains(line, "ath") // expressions are slow, and most lines contain none of their words
	switch {
	case contains(line, calls) && pathCall().MatchString(line):
		s.readCall(line, pathCall().FindStringIndex(line)[1])
	case hasPath && s.patch(line) || s.patched && s.patchedWith(line, 0):
	case hasPath && block().MatchString(line):
		s.readBlocks(line)
	case s.inHostPath && element().MatchString(line):
		s.words(line, HostPath)
	case contains(line, bindWords) && bind().MatchString(line):
		s.readBinds(line)
	default:
		s.keysOf(line)
	}
}

// leave ends the structures that a line no longer belongs to.
func (s *scanner) leave(line string) {
	body := strings.TrimLeft(line, " \t")
	if strings.TrimSpace(body) == "" || strings.HasPrefix(body, "{{") {
		return // a blank line, or a template's statement
	}
	indent := len(line) - len(body)
	if indent < s.hostPathAt || indent == s.hostPathAt && !strings.HasPrefix(body, "- ") {
		s.inHostPath = false
	}
	if (s.patched || s.value != none) && newItem().MatchString(line) {
		s.patched, s.value = false, none
	}
	if strings.Contains(line, "value") && valueKey().MatchString(line) {
		s.value = len(s.found)
	}
}

func (s *scanner) enter(column int) { s.inHostPath, s.hostPathAt = true, column }

// patch reads a line of a patch, or of a parameter, whose value is a path on the node. It returns false for other
// lines.
func (s *scanner) patch(line string) bool {
	if !strings.Contains(line, "hostPath") {
		return false
	}
	for _, key := range []*regexp.Regexp{jsonPatch(), parameter()} {
		if at := key.FindStringIndex(line); at != nil {
			s.patched = true
			s.keyed(line[:at[0]])
			if !s.patchedWith(line[at[1]:], at[1]) {
				s.keyed(line[at[1]:])
			}
			s.patchAbove()
			return true
		}
	}
	return false
}

// patchedWith reads the value after the path or the name, if it is on this line.
func (s *scanner) patchedWith(text string, column int) bool {
	at := valueKey().FindStringIndex(text)
	if at == nil {
		return false
	}
	s.patched = false
	s.keyed(text[:at[0]])
	if strings.Trim(text[at[1]:], " \t\r\n{") == "" {
		s.enter(column + at[0])
	}
	s.words(text[at[1]:], HostPath)
	return true
}

// patchAbove makes the mentions in a value above the path of its patch paths on the node.
func (s *scanner) patchAbove() {
	for i := s.value; i != none && i < len(s.found); i++ {
		if s.found[i].Role == Plain {
			s.found[i].Role = HostPath
		}
	}
}

// keyed reads a text without a key for a path on the node. The key before a path gives its role.
func (s *scanner) keyed(text string) {
	role := Plain
	if contains(text, mountWords) || contains(text, keys) {
		from := 0
		for _, key := range otherKey().FindAllStringSubmatchIndex(text, -1) {
			s.words(text[from:key[0]], role)
			from, role = key[1], Plain
			switch {
			case key[2] >= 0:
				role = MountPath
			case key[4] >= 0:
				role = Bind
			}
		}
		text = text[from:]
	}
	s.words(text, role)
}

// readCall reads the arguments of a function, whose first path is on the node, and the rest of the line.
func (s *scanner) readCall(line string, begin int) {
	s.keyed(line[:begin])
	end := len(line)
	if length := strings.IndexByte(line[begin:], ')'); length >= 0 {
		end = begin + length
	}
	before := len(s.found)
	s.words(line[begin:end], HostPath)
	for i := before + 1; i < len(s.found); i++ {
		s.found[i].Role = MountPath
	}
	if end < len(line) {
		s.body(strings.Repeat(" ", end) + line[end:])
	}
}

// endSection ends a section of TOML.
func (s *scanner) endSection() {
	if s.mountOnly != nil {
		s.found = append(s.found, *s.mountOnly)
	}
	s.section, s.hasHost, s.mountOnly = false, false, nil
}
