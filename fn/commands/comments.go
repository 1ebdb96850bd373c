package commands

import "strings"

// IsComment reports whether a line of a script or a configuration file is a comment: in shell and YAML, in most
// programming languages, or in INI.
func IsComment(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//") || strings.HasPrefix(line, ";")
}

// WithoutComments returns a text without such lines.
func WithoutComments(text string) string {
	var lines strings.Builder
	for line := range strings.Lines(text) {
		if !IsComment(line) {
			lines.WriteString(line)
		}
	}
	return lines.String()
}
