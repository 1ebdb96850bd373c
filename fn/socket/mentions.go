package socket

import "strings"

// Mentions finds the paths of the node that lead to a runtime, in a text that is read by its lines only: a template, a
// program's own configuration. A folder counts where the text calls it a hostPath, or binds it.
func Mentions(text string) []Mention {
	var all []Mention
	for _, m := range Scan(text) {
		if m.OnNode() {
			all = append(all, m)
		}
	}
	return all
}

// IsSocket says whether the path is a socket itself, and no folder.
func (u Use) IsSocket() bool { return u.Inside == "" && u.Runtime != DockerData }

func uncommented(line string) string {
	if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "#") || strings.HasPrefix(trimmed, "//") {
		return ""
	}
	before, _, _ := strings.Cut(line, " #")
	return before
}
