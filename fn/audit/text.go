package audit

import (
	"strings"

	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/socket"
)

// Text audits a text line by line: a template, a script, Terraform. what says why: "a Helm template"; above is the
// number of lines of the file above the text.
func Text(file, text, what string, above int) (a Account) {
	mentions := socket.ScanFile(file, text)
	for i := range mentions {
		mentions[i].Line += above
	}
	row := map[string]int{} // index of the first row with a path
	for _, m := range mentions {
		if m.OnNode() {
			first(row, socket.Normalize(m.Path), len(a.Rows))
			a.Rows = append(a.Rows, textRow(file, what, m))
		}
	}
	for _, m := range mentions {
		if m.OnNode() {
			continue
		}
		reason := "named in " + what + ", in which no line says that it is mounted from the node"
		if m.Role == socket.Comment {
			reason = "a comment"
		} else if i, known := row[socket.Normalize(m.Path)]; known {
			a.Rows[i].cover(m.Line, wordBefore(m.Path, m.Text))
			continue
		}
		a.Mentions = append(a.Mentions, Mention{File: file, Line: m.Line, Path: m.Path, Reason: reason})
	}
	return a
}

// Named audits documentation or source code, in which nothing is a use. Folders are skipped: /run means many things.
func Named(file, text string) (a Account) {
	if !namesSocket(text) {
		return a
	}
	for _, m := range socket.Scan(text) {
		if m.IsSocket() || m.OnNode() {
			a.Mentions = append(a.Mentions, Mention{
				File: file, Line: m.Line, Path: m.Path, Reason: "named in documentation or source code, which is not " +
					"searched for uses",
			})
		}
	}
	return a
}

func namesSocket(text string) bool {
	for _, word := range []string{".sock", "docker_engine", ":237", "hostPath", "host_path"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

func textRow(file, what string, m socket.Mention) Row {
	row := Row{
		File: file, Line: m.Line, HostPath: m.Path, Runtime: string(m.Runtime), Class: string(convert.UnsureClass),
		Reason: "named as a " + string(m.Role) + " in " + what,
		Advice: "audit the rendered output, or change it there", before: wordBefore(m.Path, m.Text),
	}
	if m.Runtime != socket.Docker {
		row.Class = string(convert.OtherRuntime)
	}
	return row
}
