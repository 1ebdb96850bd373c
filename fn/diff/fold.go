package diff

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/pattern"
)

// Folded returns the file's unified diff, in which each added or removed journal is one line. It is for reading and
// cannot be applied: its hunks are shorter than their headers say, so a patch program refuses it.
func (f File) Folded() string { return folded(f.Unified()) }

func folded(unified string) string {
	var out strings.Builder
	lines := strings.SplitAfter(unified, "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		if !changes(line) || !strings.Contains(line, journal.Annotation) {
			out.WriteString(line)
			continue
		}
		n := block(line, lines[i+1:])
		i += n
		out.WriteString(foldedLine(line, n))
	}
	return out.String()
}

func changes(line string) bool { return strings.HasPrefix(line, "+") || strings.HasPrefix(line, "-") }

// blockScalar matches a journal in YAML: the header of a block scalar, whose lines follow.
var blockScalar = pattern.Lazy(`^.\s*["']?` + regexp.QuoteMeta(journal.Annotation) + `["']?:\s+[|>][-+0-9]*\s*$`)

// block counts the lines of a journal after its key: they have the same sign and are indented deeper.
func block(key string, rest []string) int {
	if !blockScalar().MatchString(key) {
		return 0
	}
	for i, line := range rest {
		if line == "" || line[0] != key[0] || strings.TrimSpace(line[1:]) != "" && indent(line) <= indent(key) {
			return i
		}
	}
	return len(rest)
}

func indent(line string) int { return len(line[1:]) - len(strings.TrimLeft(line[1:], " ")) }

// quoted matches a journal on one line, in JSON and in flow style.
var quoted = pattern.Lazy(`(["']?` + regexp.QuoteMeta(journal.Annotation) +
	`["']?\s*:\s*)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')`)

// foldedLine returns the key and the number of hidden lines.
func foldedLine(line string, more int) string {
	if more > 0 {
		key, _, _ := strings.Cut(line, ":")
		return fmt.Sprintf("%s: … %d lines, --journal shows them\n", key, more)
	}
	return quoted().ReplaceAllString(line, `${1}"…, --journal shows it"`)
}
