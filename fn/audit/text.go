package audit

import (
	"strings"

	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/socket"
)

// Text accounts for a text that is read by its lines: a template, a script, Terraform. What says why: "a Helm
// template"; above is how many lines of the file stand above the text.
func Text(file, text, what string, above int) (a Account) {
	mentions := socket.ScanFile(file, text)
	for i := range mentions {
		mentions[i].Line += above
	}
	row := map[string]int{} // index of the first that has a path
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
		if i, known := row[socket.Normalize(m.Path)]; known {
			a.Rows[i].Covers = append(a.Rows[i].Covers, m.Line)
			continue
		}
		a.Mentions = append(a.Mentions, Mention{
			File: file, Line: m.Line, Path: m.Path, Reason: "named in " + what + ", and not as a path of the node that " +
				"something mounts",
		})
	}
	return a
}

// Named accounts for a document or a program's source, in which nothing is a use. Folders are passed over: /run means
// many things.
func Named(file, text string) (a Account) {
	if !namesSocket(text) {
		return a
	}
	for _, m := range socket.Scan(text) {
		if m.IsSocket() || m.OnNode() {
			a.Mentions = append(a.Mentions, Mention{
				File: file, Line: m.Line, Path: m.Path, Reason: "named in a document or a program's source, which nothing is " +
					"deployed from as it is",
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
		Advice: "audit what it renders to, or change it there",
	}
	if m.Runtime != socket.Docker {
		row.Class = string(convert.OtherRuntime)
	}
	return row
}
