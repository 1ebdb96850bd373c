package diff

import (
	"fmt"
	"html"
	"strings"
)

// Markdown formats the files as a comment on a pull request: statistics, and each file's diff in a collapsed section.
// text returns the diff of a file: File.Unified or File.Folded.
func Markdown(files []File, text func(File) string) string {
	if len(files) == 0 {
		return "No workload changes.\n"
	}
	var out strings.Builder
	for _, f := range files {
		plus, minus := f.Count()
		lines := text(f)
		fence := fence(lines)
		fmt.Fprintf(&out, "<details><summary><code>%s</code> +%d -%d</summary>\n\n%sdiff\n%s%s\n\n</details>\n\n",
			html.EscapeString(f.shownName("standard input")), plus, minus, fence, lines, fence)
	}
	return out.String()
}

// fence returns a code fence longer than any run of backticks in the text.
func fence(text string) string {
	f := "```"
	for strings.Contains(text, f) {
		f += "`"
	}
	return f
}
