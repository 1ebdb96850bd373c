package socket

import (
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// Mention is a place in a text that names a runtime's socket, a folder that holds one, or a Docker endpoint.
type Mention struct {
	Use
	Path string // as the text spells it, without the scheme of an endpoint: /var/run/docker.sock, docker:2375
	Line int    // from 1
	Role Role
}

// Role is what the text around a mention makes of it, as far as one line and the keys above it tell.
type Role string

// The roles.
const (
	HostPath  Role = "host path"  // a volume's path on the node
	Bind      Role = "bind mount" // the left side of docker run -v, of a Compose volume, a bind's source
	MountPath Role = "mount path" // where a container sees a volume
	Endpoint  Role = "endpoint"   // unix://…, tcp://…:2375, npipe://…
	Plain     Role = "plain"      // anything else
)

// OnNode says whether the mention names a path on the node, so that something there may use it.
func (m Mention) OnNode() bool { return m.Role == HostPath || m.Role == Bind }

// Scan lists the mentions of a text, line by line. It needs no parser, so that templates, scripts and programs' own
// configuration can be read. Comments do not count: lines that begin with # or //, and what follows a blank and #.
func Scan(text string) []Mention {
	if !mayMention(text) {
		return nil
	}
	s := scanner{}
	for line := range strings.Lines(text) {
		s.line++
		s.read(escapes.Replace(uncommented(line)))
	}
	s.endSection()
	return s.found
}

// escapes are what ends a word in a quoted text.
var escapes = strings.NewReplacer(`\n`, "  ", `\t`, "  ", `\"`, `" `)

// mayMention is false of most texts. Every line with a mention has one of these words.
func mayMention(text string) bool {
	for _, word := range []string{"sock", "ipe", "IPE", "/run", ":237", "ocker", "ath", "/:/"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// scanner is what the lines above the present one say.
type scanner struct {
	line       int
	found      []Mention
	inHostPath bool     // below a key hostPath that has no value in its own line
	patched    bool     // below the path of a JSON patch that sets a hostPath
	section    bool     // in a section of GitLab Runner's TOML for host paths
	mountOnly  *Mention // of such a section: what mount_path names, while there is no host_path
}

var (
	// pathKey is a key of a volume, as YAML, JSON, TOML, HCL and Groovy write it.
	pathKey = pattern.Lazy(`(?:^|[\s{,(["'])(hostPath|host_path|path)["']?\s*[:=]`)
	// mountKey is a key that names a path in a container.
	mountKey = pattern.Lazy(`(?:^|[\s{,(["'-])(mountPath|mount_path|containerPath|container_path|target|dst|destination)["']?\s*[:=]`)
	// sourceKey is a key of a bind mount in Compose's long form, or of docker run --mount.
	sourceKey = pattern.Lazy(`(?:^|[\s{,(["'-])(source|src)["']?\s*[:=]`)
	// block is HCL's form of a key with a mapping: host_path {.
	block = pattern.Lazy(`(?:^|\s)host_?[pP]ath\s*\{\s*$`)
	// jsonPatch is a JSON patch's path that ends at a hostPath.
	jsonPatch = pattern.Lazy(`["']?path["']?\s*:\s*["']?/\S*/hostPath(?:/path)?["']?\s*,?\s*$`)
	patchTo   = pattern.Lazy(`(?:^|[\s{,-])["']?value["']?\s*:`)
	// hostPathSection is a section of GitLab Runner's TOML; its host_path is that of mount_path where it is left out
	// (docs.gitlab.com/runner/executors/kubernetes, "host_path volume").
	hostPathSection = pattern.Lazy(`^\s*\[\[runners\.kubernetes\.volumes\.host_path\]\]`)
	tomlSection     = pattern.Lazy(`^\s*\[`)
	tomlMount       = pattern.Lazy(`^\s*mount_path\s*=\s*["']([^"']+)["']`)
	dockerPort      = pattern.Lazy(`^(?:tcp://|https?://)?[A-Za-z0-9._-]+:237[56](?::[0-9]+)?(?:/|/tcp)?$`)
)

func (s *scanner) read(line string) {
	if tomlSection().MatchString(line) {
		s.endSection()
		s.section = hostPathSection().MatchString(line)
	}
	if m := tomlMount().FindStringSubmatch(line); s.section && m != nil {
		s.mountOnly = s.mention(m[1], HostPath)
		return
	}
	if keys := pathKey().FindAllStringSubmatchIndex(line, -1); keys != nil {
		s.words(line[:keys[0][0]], MountPath)
		s.patched = jsonPatch().MatchString(line)
		for i, key := range keys {
			end := len(line)
			if i+1 < len(keys) {
				end = keys[i+1][0]
			}
			s.readPath(line[key[2]:key[3]], line[key[1]:end])
		}
		return
	}
	if block().MatchString(line) {
		s.inHostPath = true
		return
	}
	role := Plain
	switch {
	case s.patched && patchTo().MatchString(line):
		role = HostPath
	case mountKey().MatchString(line):
		role = MountPath
	case sourceKey().MatchString(line):
		role = Bind
	}
	s.patched = s.patched && role != HostPath && strings.Contains(line, "op")
	s.inHostPath = s.inHostPath && strings.Contains(line, "type")
	s.words(line, role)
}

// readPath reads what stands behind a key that may name a path on the node. The key path alone is the name of many other
// things: it counts below a hostPath, and where it names a socket.
func (s *scanner) readPath(key, value string) {
	if key == "host_path" && s.mountOnly != nil {
		s.add(s.mountOnly.Path, s.mountOnly.Use, MountPath)
		s.found[len(s.found)-1].Line = s.mountOnly.Line
		s.mountOnly = nil
	}
	rest := ""
	if at := mountKey().FindStringIndex(value); at != nil {
		value, rest = value[:at[0]], value[at[0]:]
	}
	defer s.words(rest, MountPath)
	s.inHostPath = s.inHostPath || key != "path"
	if s.inHostPath {
		s.words(value, HostPath)
	} else {
		for _, word := range words(value) {
			if u, ok := Find(word); ok && u.isSocket() {
				s.add(word, u, HostPath)
			} else {
				s.word(word, Plain)
			}
		}
	}
	s.inHostPath = key != "path" && strings.Trim(value, " \t\r\n{\"'") == ""
}

// endSection ends a section of TOML.
func (s *scanner) endSection() {
	if s.mountOnly != nil {
		s.found = append(s.found, *s.mountOnly)
	}
	s.section, s.mountOnly = false, nil
}

func (s *scanner) words(text string, role Role) {
	for _, word := range words(text) {
		s.word(word, role)
	}
}

// word takes in one word of a line, in the role that its line gives it unless its own form says more.
func (s *scanner) word(word string, role Role) {
	if !strings.HasPrefix(word, `\\`) {
		word = strings.TrimRight(word, ":.") // a key of a mapping, the end of a sentence
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
	if source, target, ok := strings.Cut(word, ":"); ok && strings.HasPrefix(source, "/") && strings.HasPrefix(target, "/") {
		word, role = source, Bind
	}
	if m := s.mention(word, role); m != nil {
		s.found = append(s.found, *m)
	}
}

// mention is that of a path; nil where the path leads to no runtime. The node's root counts only as a path of the node:
// elsewhere "/" is the name of many other things. So is a relative path, unless it is a socket's.
func (s *scanner) mention(at string, role Role) *Mention {
	u, ok := Find(at)
	isRoot, isRelative := strings.Trim(at, "/") == "", !strings.HasPrefix(at, "/") && !strings.HasPrefix(at, `\`)
	if !ok || isRoot && role != HostPath && role != Bind || isRelative && !u.isSocket() {
		return nil
	}
	return &Mention{Use: u, Path: at, Line: s.line, Role: role}
}

func (s *scanner) add(at string, u Use, role Role) {
	s.found = append(s.found, Mention{Use: u, Path: at, Line: s.line, Role: role})
}

// endpoint is what a Docker endpoint names, without its scheme.
func endpoint(word string) (at string, is bool) {
	for _, scheme := range []string{"unix://", "npipe://", "fd://"} {
		if at, is := strings.CutPrefix(word, scheme); is {
			_, leads := Find(at)
			return at, leads
		}
	}
	if dockerPort().MatchString(word) {
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
