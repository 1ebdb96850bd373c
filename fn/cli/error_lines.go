package cli

import "strings"

// errorLines returns the lines of an error: one for each of joined errors. A line break in any other message is from
// what it quotes, such as the name of a file, and begins no line of its own.
func errorLines(err error) []string {
	switch wrapper := err.(type) { //nolint:errorlint // this is a walk, level by level
	case interface{ Unwrap() []error }:
		var lines []string
		for _, each := range wrapper.Unwrap() {
			lines = append(lines, errorLines(each)...)
		}
		if strings.Join(lines, "\n") == err.Error() {
			return lines
		}
	case interface{ Unwrap() error }:
		inner := wrapper.Unwrap()
		if inner == nil {
			break
		}
		if before, after, ok := strings.Cut(err.Error(), inner.Error()); ok {
			lines := errorLines(inner)
			lines[0] = before + lines[0]
			lines[len(lines)-1] += after
			return lines
		}
	}
	return []string{err.Error()}
}
