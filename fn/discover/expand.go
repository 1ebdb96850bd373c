package discover

import (
	"strings"

	"github.com/boxp/dindify/fn/sources"
)

// expander expands references to variables, $(NAME), as the kubelet does, but also those to later variables. It
// expands each variable once, on first use.
type expander struct {
	values   map[string]string // the known ones, unexpanded
	expanded map[string]string
}

// longestExpansion limits the expansion, in bytes: variables that refer to others twice would double each time.
const longestExpansion = 1 << 12

func references(all []sources.Variable) *expander {
	e := &expander{values: make(map[string]string, len(all)), expanded: map[string]string{}}
	for _, v := range all {
		if v.Known {
			e.values[v.Name] = v.Value
		}
	}
	return e
}

// expand expands the references in a value. References stay if they are unknown or cyclic, or exceed the length of
// any endpoint.
func (e *expander) expand(value string) string {
	if !strings.Contains(value, "$") {
		return value
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(value, "$(")
		name, after, closed := strings.Cut(rest, ")")
		out.WriteString(strings.ReplaceAll(before, "$$", "$"))
		if isEscaped := (len(before)-len(strings.TrimRight(before, "$")))%2 == 1; found && isEscaped {
			out.WriteString("(") // $$(NAME) is the text $(NAME)
			value = rest
			continue
		}
		if !found || !closed {
			out.WriteString(value[len(before):])
			return out.String()
		}
		if text, known := e.lookup(name); known && out.Len()+len(text) <= longestExpansion {
			out.WriteString(text)
		} else {
			out.WriteString("$(" + name + ")")
		}
		value = after
	}
}

func (e *expander) lookup(name string) (text string, known bool) {
	if text, known = e.expanded[name]; known {
		return text, true
	}
	value, known := e.values[name]
	if !known {
		return "", false
	}
	e.expanded[name] = "$(" + name + ")" // while it is being expanded: a cyclic reference stays
	text = e.expand(value)
	e.expanded[name] = text
	return text, true
}
