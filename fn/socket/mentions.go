package socket

import (
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// Mention is a line of a text that names a path on the node.
type Mention struct {
	Use
	Path string
	Line int // from 1
}

// namesPath is a key of a volume, as YAML, JSON, TOML and Groovy write it, and what stands behind it.
var namesPath = pattern.Lazy(`(?:^|[\s{,(["'])(hostPath|host_path|path)["']?\s*[:=]\s*(.*)`)

// Mentions finds the paths that lead to a runtime in a text that is read by its lines only: a template, a program's own
// configuration. Comments do not count. A folder counts where the text calls it a hostPath; path alone is the name of
// many other things.
func Mentions(text string) []Mention {
	var all []Mention
	inHostPath, n := false, 0
	for line := range strings.Lines(text) {
		n++
		m := namesPath().FindStringSubmatch(uncommented(line))
		if m == nil {
			inHostPath = inHostPath && strings.Contains(line, "type:")
			continue
		}
		inHostPath = inHostPath || m[1] != "path"
		for _, word := range strings.FieldsFunc(m[2], isBetweenWords) {
			if u, ok := Find(word); ok && (inHostPath || u.isSocket()) {
				all = append(all, Mention{Use: u, Path: word, Line: n})
			}
		}
		inHostPath = m[1] != "path" && strings.TrimSpace(m[2]) == ""
	}
	return all
}

func (u Use) isSocket() bool { return u.Inside == "" && u.Runtime != DockerData }

func uncommented(line string) string {
	if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "#") || strings.HasPrefix(trimmed, "//") {
		return ""
	}
	before, _, _ := strings.Cut(line, " #")
	return before
}

func isBetweenWords(r rune) bool { return strings.ContainsRune(" \t\r\n\"'`,;(){}[]", r) }
