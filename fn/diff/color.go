package diff

import "strings"

// The colors of git diff, as ANSI escape sequences.
const (
	bold  = "\x1b[1m"
	red   = "\x1b[31m"
	green = "\x1b[32m"
	cyan  = "\x1b[36m"
	reset = "\x1b[m"
)

// Colored colors a unified diff as git does.
func Colored(unified string) string {
	var out strings.Builder
	for line := range strings.Lines(unified) {
		text, end := strings.TrimSuffix(line, "\n"), ""
		if len(text) < len(line) {
			end = "\n"
		}
		if c := color(text); c != "" {
			text = c + text + reset
		}
		out.WriteString(text + end)
	}
	return out.String()
}

func color(line string) string {
	switch {
	case strings.HasPrefix(line, "--- "), strings.HasPrefix(line, "+++ "):
		return bold
	case strings.HasPrefix(line, "@@"):
		return cyan
	case strings.HasPrefix(line, "-"):
		return red
	case strings.HasPrefix(line, "+"):
		return green
	}
	return ""
}
