package audit

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
)

var (
	// set matches what stands before a path in a statement that sets a variable of a template: of Helm or of Jinja.
	set = pattern.Lazy(`\{\{-?\s*\$(\w+)\s*:?=[^}]*$|\{%-?\s*set\s+(\w+)\s*=[^%]*$`)
	// result matches what stands before a path in an expression of Helm that is a line of its own, and may be a template's
	// result or the list of a range.
	result = pattern.Lazy(`^\{\{-?\s*(?:range\s[^}]*|(?:default|coalesce|ternary|list|tuple|get|quote|include)\s[^}]*|` +
		`[.$(][^}=]*\sdefault\s+)?"$`)
	// mountName matches the name of the volume of a mount.
	mountName = pattern.Lazy(`(?:^|[\s{,-])name:\s*["']?([\w.-]+)`)
)

// inTemplate returns the reason why a path in a template is a use, and its path on the node if that is another one: the
// template or what includes it may mount the value, or the line mounts a path of the node that is a variable.
func (v *variables) inTemplate(m socket.Mention) (reason, node string) {
	if !m.IsSocket() || m.IsRelative() || len(m.Text) > longest || !strings.Contains(v.text, "{{") {
		return "", ""
	}
	if m.Role == socket.MountPath {
		return v.mountsVariable(m)
	}
	before, _, _ := strings.Cut(m.Text, m.Path)
	isLine := strings.Trim(m.Text, `"'`) == m.Path && strings.HasPrefix(v.lineAbove(m), "{{")
	if m.Role == socket.Plain && (isLine || result().MatchString(before)) {
		return "a value of the template, which it or what includes it may mount", ""
	}
	return "", ""
}

// lineAbove returns the line above a mention that is not blank.
func (v *variables) lineAbove(m socket.Mention) string {
	for n := m.Line - 1; n > 0 && n > m.Line-mostLines; n-- {
		if line := v.lineAt(n); line != "" {
			return line
		}
	}
	return ""
}

// mountsVariable finds the volume of a mount, if its path on the node is an expression of the template.
func (v *variables) mountsVariable(m socket.Mention) (reason, node string) {
	for _, n := range []int{m.Line, m.Line - 1, m.Line + 1} {
		found := mountName().FindStringSubmatch(v.lineAt(n))
		if found == nil {
			continue
		}
		if at := v.volume(found[1]); at.node != "" {
			return fmt.Sprintf("mounts %s of the node, by line %d, where programs look for a runtime's socket", at.node,
				v.above+at.line), at.node
		}
		return "", ""
	}
	return "", ""
}

// volume is a volume of a template whose path on the node is an expression.
type volume struct {
	node string // the expression
	line int    // of the text, 1-based
}

// volume finds a volume by its name. Only some names are searched for, since a text may have any number.
func (v *variables) volume(name string) volume {
	if found, known := v.volumes[name]; known || len(v.volumes) >= mostVariables {
		return found
	}
	if v.volumes == nil {
		v.volumes = map[string]volume{}
	}
	path := regexp.MustCompile(`name:\s*["']?` + regexp.QuoteMeta(name) + `["']?[\s,]+hostPath:[\s{]*` +
		`(?:type:\s*\w*[\s,]+)?path:\s*["']?(\{\{.*?\}\}[^\s"'},]*)`)
	var found volume
	if at := path.FindStringSubmatchIndex(v.text); at != nil {
		found = volume{v.text[at[2]:at[3]], 1 + strings.Count(v.text[:at[2]], "\n")}
	}
	v.volumes[name] = found
	return found
}
