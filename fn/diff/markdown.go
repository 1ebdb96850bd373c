package diff

import (
	"fmt"
	"strings"
)

// Markdown shows the files for a comment on a pull request: the figures, and each file's diff folded.
func Markdown(files []File) string {
	if len(files) == 0 {
		return "No workload changes.\n"
	}
	var out strings.Builder
	for _, f := range files {
		name := f.Name
		if name == "" {
			name = "standard input"
		}
		plus, minus := f.Count()
		fence := fence(f.Unified())
		fmt.Fprintf(&out, "<details><summary><code>%s</code> +%d -%d</summary>\n\n%sdiff\n%s%s\n\n</details>\n\n",
			strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(name), plus, minus, fence, f.Unified(), fence)
	}
	return out.String()
}

// fence is longer than any run of backticks in the text, so that the text cannot end it.
func fence(text string) string {
	f := "```"
	for strings.Contains(text, f) {
		f += "`"
	}
	return f
}
