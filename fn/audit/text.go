package audit

import (
	"cmp"
	"strings"

	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
)

// Text audits a text line by line: a template, a script, Terraform. what says why: "a Helm template"; above is the
// number of lines of the file above the text.
func Text(file, text, what string, above int) (a Account) {
	mentions, v := socket.ScanFile(file, text), &variables{file: file, text: text, above: above}
	row := map[string]int{} // index of the first row with a path
	for i, m := range mentions {
		if isDescription(m) {
			mentions[i].Role = socket.Comment
			continue
		}
		if m.OnNode() {
			first(row, socket.Normalize(m.Path), len(a.Rows))
			a.Rows = append(a.Rows, textRow(file, what, m))
		}
	}
	for _, m := range mentions {
		path := socket.Normalize(m.Path)
		i, known := row[path]
		switch {
		case m.OnNode():
			continue
		case m.Role == socket.Comment:
			a.mention(file, m, "a comment or a description")
			continue
		case known:
			a.Rows[i].cover(m.Line, wordBefore(m.Path, m.Text))
			continue
		}
		reason, node := v.use(m), ""
		if reason == "" {
			reason, node = v.inTemplate(m)
		}
		if reason != "" {
			r := textRow(file, what, m)
			r.Reason, row[path], r.HostPath = reason, len(a.Rows), cmp.Or(node, r.HostPath)
			a.Rows = append(a.Rows, r)
			continue
		}
		a.mention(file, m, "named in "+what+", but not in a known form of a mount from the node")
	}
	a.move(above)
	return a
}

// description matches what stands before a path in a line of Terraform or YAML that describes something.
var description = pattern.Lazy(`^["']?(?:description|error_message|message|summary)["']?\s*[=:]\s*` +
	`(?:"[^"]*|'[^']*|[^"'{\[\s][^"]*)$`)

func isDescription(m socket.Mention) bool {
	end := strings.LastIndex(m.Text, m.Path)
	return end >= 0 && len(m.Text) <= longest && description().MatchString(m.Text[:end])
}

func (a *Account) mention(file string, m socket.Mention, reason string) {
	a.Mentions = append(a.Mentions, Mention{File: file, Line: m.Line, Path: m.Path, Reason: reason})
}

// move moves the account of a part of a file down.
func (a *Account) move(lines int) {
	for i := range a.Rows {
		r := &a.Rows[i]
		r.Line += lines
		for j := range r.Covers {
			r.Covers[j] += lines
		}
	}
	for i := range a.Mentions {
		a.Mentions[i].Line += lines
	}
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
		File: file, Line: m.Line, HostPath: m.Path, Runtime: string(m.Runtime), Class: string(discover.UnsureClass),
		Reason: "named as a " + string(m.Role) + " in " + what,
		Advice: "audit the rendered output, or change it there", before: wordBefore(m.Path, m.Text),
	}
	if m.Runtime != socket.Docker {
		row.Class = string(discover.OtherRuntime)
	}
	return row
}
