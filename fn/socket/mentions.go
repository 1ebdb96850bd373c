package socket

// Mentions finds the paths on the node that lead to a runtime, in a text without a known structure: a template, or
// the configuration of a program. A folder counts only as a hostPath or the source of a bind mount.
func Mentions(text string) []Mention {
	var all []Mention
	for _, m := range Scan(text) {
		if m.OnNode() {
			all = append(all, m)
		}
	}
	return all
}

// IsSocket reports whether the path is a socket and not a folder.
func (u Use) IsSocket() bool { return u.Inside == "" && u.Runtime != DockerData }
