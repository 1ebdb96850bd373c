package audit

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
)

// assigned matches what stands before a value that is assigned to a variable, which may be a default: of a parameter
// of a shell, or of a variable of Terraform.
var assigned = pattern.Lazy(`([A-Za-z_]\w*)\s*(?:[:?+]?=|\+?:{1,3})\s*["']?(?:\$\{[A-Za-z0-9_]+:?[-=])?$`)

// block matches the first line of a block of Terraform, with its kind and a name.
var block = pattern.Lazy(`^(\w+)(?:\s+"?([\w-]+)"?)?[^{]*\{`)

// variables finds the uses of a text by a variable that has the path.
type variables struct {
	file, text string
	above      int            // lines of the file above the text
	lines      []string       // of the text; nil until needed
	mounts     map[string]int // the lines that mount a variable from the node; 0: none
	volumes    map[string]volume
}

// use returns the reason why a path that a text assigns to a variable is a use, or "".
func (v *variables) use(m socket.Mention) string {
	if m.Role != socket.Plain || m.IsRelative() {
		return ""
	}
	name := v.assignedBy(m)
	if name == "" {
		return ""
	}
	if line := v.mountOf(name); line > 0 {
		return fmt.Sprintf("the value of %s, which line %d mounts from the node", name, v.above+line)
	}
	if line := v.mountOfEach(); line > 0 {
		return fmt.Sprintf("the value of %s, and line %d mounts values from the node", name, v.above+line)
	}
	if end := filepath.Ext(v.file); v.isEnv() || end == ".tfvars" || end == ".tf" && v.isSetting(m) {
		return "the value of " + name + ", which whatever reads it may mount"
	}
	return ""
}

// isEnv reports whether the file is one of variables for Compose and others, such as .env, prod.env and .env.prod.
func (v *variables) isEnv() bool {
	return filepath.Ext(v.file) == ".env" || strings.HasPrefix(filepath.Base(v.file), ".env.")
}

// each matches a volume of Terraform whose path on the node is the value of an iteration (for_each).
var each = pattern.Lazy(`host_path\s*(?:\{\s*path\s*)?=\s*[a-z]\w*\.value\b`)

// mountOfEach returns the 1-based line of such a volume, or 0.
func (v *variables) mountOfEach() int {
	if filepath.Ext(v.file) != ".tf" {
		return 0
	}
	at := each().FindStringIndex(v.text)
	if at == nil {
		return 0
	}
	return strings.Count(v.text[:at[0]], "\n") + 1
}

// assignedBy returns the name of the variable to which the line of a mention assigns the path, or "".
func (v *variables) assignedBy(m socket.Mention) string {
	if len(m.Text) > longest {
		return ""
	}
	before := beforePath(m)
	if found := set().FindStringSubmatch(before); found != nil {
		return found[1] + found[2]
	}
	found := assigned().FindStringSubmatch(before)
	if found == nil {
		return ""
	}
	if found[1] != "default" {
		return found[1]
	}
	if kind, name := v.block(m); kind == "variable" {
		return name
	}
	return ""
}

// beforePath returns what stands before a path in its line, which may also have longer ones.
func beforePath(m socket.Mention) string {
	for at := 0; ; {
		next := strings.Index(m.Text[at:], m.Path)
		if next < 0 {
			return m.Text[:at]
		}
		end := at + next + len(m.Path)
		if end == len(m.Text) || m.Text[end] != '/' {
			return m.Text[:at+next]
		}
		at = end
	}
}

// isSetting reports whether the mention is in a block of Terraform that sets variables.
func (v *variables) isSetting(m socket.Mention) bool {
	kind, _ := v.block(m)
	return slices.Contains([]string{"locals", "module", "variable"}, kind)
}

// block returns the kind and the name of the block of Terraform that a mention is in.
func (v *variables) block(m socket.Mention) (kind, name string) {
	for _, line := range slices.Backward(v.split()[max(m.Line-mostLines, 0):m.Line]) {
		if len(line) > longest {
			continue
		}
		if found := block().FindStringSubmatch(line); found != nil {
			return found[1], found[2]
		}
	}
	return "", ""
}

func (v *variables) split() []string {
	if v.lines == nil {
		v.lines = strings.SplitAfter(v.text, "\n")
	}
	return v.lines
}

// lineAt returns a line of the text by its 1-based number, without the white space around it; "" beyond the text.
func (v *variables) lineAt(n int) string {
	if lines := v.split(); n > 0 && n <= len(lines) {
		return strings.TrimSpace(lines[n-1])
	}
	return ""
}

const (
	mostVariables = 64 // of a file that are searched for
	mostLines     = 40 // of a block, up to a mention
)

func (v *variables) mountOf(name string) int {
	if line, known := v.mounts[name]; known || len(v.mounts) >= mostVariables {
		return line
	}
	if v.mounts == nil {
		v.mounts = map[string]int{}
	}
	v.mounts[name] = mountOf(v.text, name)
	return v.mounts[name]
}

// mountOf returns the 1-based line of a text that mounts the path of a variable from the node, or 0: as a host path, or
// as the source of a bind mount in the syntax of shells, make, PowerShell, batch files, Terraform, templates, Python,
// Jsonnet.
func mountOf(text, variable string) int {
	name := regexp.QuoteMeta(variable)
	sign := `(?:\$[{(]?|[%!]|\{\{-?\s*\$?|\$\{(?:var|local|env)\.)` + name + `\b`
	mounts := regexp.MustCompile(sign + `\s*[)}%!"']*:["']?[/$%!{]` +
		`|\b(?:source|src|host_?[pP]ath)["']?\s*[=:]\s*["']?(?:` + sign + `|(?:(?:var|local)\.)?` + name + `\b)` +
		`|\b` + name + `\s*:\s*\{\s*["']bind["']` +
		`|\bpath["']?\s*:\s*["']?\{\{[^{}]*\b` + name + `\b` +
		`|(?:\bpath["']?\s*:\s*|\b(?:fromHostPath|withHostPath|hostVolumeMount)\([^()]*)` +
		`[$A-Za-z_][\w.]*\.` + name + `\b`)
	n := 0
	for line := range strings.Lines(text) {
		n++
		if len(line) <= longest && strings.Contains(line, variable) && mounts.MatchString(line) {
			return n
		}
	}
	return 0
}
