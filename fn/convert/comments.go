package convert

import "strings"

// isComment reports whether a line of a script or a configuration file is a comment: in shell and YAML, in most
// programming languages, or in INI.
func isComment(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//") || strings.HasPrefix(line, ";")
}

// withoutComments returns a text without such lines.
func withoutComments(text string) string {
	var lines strings.Builder
	for line := range strings.Lines(text) {
		if !isComment(line) {
			lines.WriteString(line)
		}
	}
	return lines.String()
}
