package socket

import (
	"regexp"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// commentForm is a comment of some formats. Its mentions are kept, since a text of another format may have its form by
// chance.
type commentForm struct {
	files   []string // ends of their names, in lower case; nil: any
	sign    string   // is in every comment
	matches func() *regexp.Regexp
	end     func(opening string) string // the line that ends a comment which matches only opens; nil: it is whole
}

var commentForms = []commentForm{
	{[]string{".bat", ".cmd"}, "", pattern.Lazy(`(?mi)^[ \t]*(?:@?rem(?:[ \t]|$)|::).*`), nil},
	{
		[]string{".cfg", ".conf", ".container", ".inf", ".ini", ".service", ".socket", ".timer"},
		";",
		pattern.Lazy(`(?m)^[ \t]*;.*`), nil,
	},
	{[]string{".ps1", ".psm1"}, "<#", pattern.Lazy(`(?s)<#.*?#>`), nil},
	{
		[]string{
			".bicep", ".gradle", ".groovy", ".hcl", ".json", ".json5", ".jsonc", ".jsonnet", ".kts", ".libsonnet", ".nomad",
			".pkl", ".tf", ".tfvars", "jenkinsfile",
		}, "/*", pattern.Lazy(`(?sm)^[ \t]*/\*.*?\*/`), nil,
	},
	{[]string{".xml"}, "<!--", pattern.Lazy(`(?s)<!--.*?-->`), nil},
	{nil, "/*", pattern.Lazy(`(?s)\{\{-?\s*/\*.*?\*/`), nil}, // Go
	{
		[]string{".j2", ".jinja", ".jinja2", ".json", ".njk", ".template", ".tmpl", ".tpl", ".twig", ".yaml", ".yml"},
		"{#", pattern.Lazy(`(?s)\{#.*?#\}`), nil,
	},
	{[]string{".erb", ".yaml", ".yml"}, "<%#", pattern.Lazy(`(?s)<%#.*?%>`), nil},
	// A here-document of the shell's command that does nothing.
	{[]string{".bash", ".bats", ".ksh", ".sh", ".zsh"}, "<<", pattern.Lazy(
		`(?m)^[ \t]*:[ \t]*<<-?[ \t]*(?:\w+|'\w+'|"\w+")[ \t]*\n`), func(opening string) string {
		return strings.Trim(opening, ": \t\n<-'\"")
	}},
}

// formed is a comment of such a form.
type formed struct {
	line int // of its begin
	text string
}

// find returns the comments of a text, as pairs of a begin and an end.
func (f commentForm) find(text string) (all [][]int) {
	for _, at := range f.matches().FindAllStringIndex(text, -1) {
		if f.end == nil {
			all = append(all, at)
			continue
		}
		if len(all) > 0 && at[0] < all[len(all)-1][1] {
			continue // inside of the one above
		}
		end, from := f.end(text[at[0]:at[1]]), at[1]
		for line := range strings.Lines(text[at[1]:]) {
			if from += len(line); strings.TrimSpace(line) == end {
				break
			}
		}
		all = append(all, []int{at[0], from})
	}
	return all
}

// splitComments returns a text without the comments of such forms, with the same lines, and these comments.
func splitComments(name, text string) (code string, comments []formed) {
	name = strings.ToLower(name)
	for _, form := range commentForms {
		if form.files != nil && !slices.ContainsFunc(form.files, func(end string) bool {
			return strings.HasSuffix(name, end)
		}) || !strings.Contains(text, form.sign) {
			continue
		}
		var rest strings.Builder
		begin, line := 0, 1
		for _, at := range form.find(text) {
			if at[0] > 0 && text[at[0]-1] == '$' { // ${#name} is the length of a variable of a shell
				continue
			}
			comment := text[at[0]:at[1]]
			line += strings.Count(text[begin:at[0]], "\n")
			comments = append(comments, formed{line, comment})
			lines := strings.Count(comment, "\n")
			rest.WriteString(text[begin:at[0]] + strings.Repeat("\n", lines))
			begin, line = at[1], line+lines
		}
		text = rest.String() + text[begin:]
	}
	return text, comments
}

// mentionsOf returns the mentions of comments.
func mentionsOf(comments []formed) []Mention {
	var s scanner
	for _, c := range comments {
		s.line = c.line
		for line := range strings.Lines(c.text) {
			s.text = strings.TrimSpace(line)
			s.comment(line)
			s.line++
		}
	}
	return s.found
}

// comment reads a line, or a part of one, of a comment whose mentions are kept.
func (s *scanner) comment(text string) {
	before := len(s.found)
	s.words(escapes.Replace(text), Plain)
	for i := range s.found[before:] {
		s.found[before+i].Role = Comment
	}
}
