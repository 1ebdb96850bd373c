package diff

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// Count returns the numbers of lines that the file gains and loses.
func (f File) Count() (added, removed int) {
	for line := range strings.Lines(f.Unified()) {
		switch {
		case strings.HasPrefix(line, "+++ "), strings.HasPrefix(line, "--- "):
		case line[0] == '+':
			added++
		case line[0] == '-':
			removed++
		}
	}
	return added, removed
}

// Stat returns a line per file with its added and removed lines, and their sum.
func Stat(files []File) string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	added, removed := 0, 0
	for _, f := range files {
		plus, minus := f.Count()
		added, removed = added+plus, removed+minus
		fmt.Fprintf(w, "%s\t+%d\t-%d\n", f.shownName("-"), plus, minus)
	}
	_ = w.Flush() // a strings.Builder never fails
	fmt.Fprintf(&out, "%s changed, %d lines added, %d removed\n", Counted(len(files), "file"), added, removed)
	return out.String()
}

// Counted returns a number with its unit, in the plural if needed: 1 file, 2 files.
func Counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
