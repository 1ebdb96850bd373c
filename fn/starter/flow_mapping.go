package starter

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/boxp/dindify/fn/pattern"
)

var (
	// inBraces matches the beginning of a kustomization in JSON, or in YAML's flow style.
	inBraces = pattern.Lazy(`\A(?:[ \t]*#.*\n|---.*\n|\s)*\{`)
	// listInBraces matches the beginning of its list of components.
	listInBraces = pattern.Lazy(`["']?\bcomponents["']?[ \t]*:\s*\[`)
)

// inMapping returns the edit that adds a component to a kustomization in braces, which begin before an offset.
func inMapping(text string, begin int, component string) string {
	element := `"` + component + `"`
	if list := listInBraces().FindStringIndex(text); list != nil {
		end := list[1] + strings.IndexByte(text[list[1]:], ']')
		return insertAt(text, end, separator(text[list[1]:end])+element)
	}
	after := ", "
	if strings.HasPrefix(strings.TrimSpace(text[begin:]), "}") {
		after = ""
	}
	return insertAt(text, begin, `"components": [`+element+`]`+after)
}

// separator returns what parts a new element of a list in flow style from those before it.
func separator(before string) string {
	if before = strings.TrimSpace(before); before == "" || strings.HasSuffix(before, ",") {
		return ""
	}
	return ", "
}

// insertAt returns the edit that inserts a word at an offset.
func insertAt(text string, at int, word string) string {
	line := 1 + strings.Count(text[:at], "\n")
	column := utf8.RuneCountInString(text[1+strings.LastIndexByte(text[:at], '\n') : at])
	return fmt.Sprintf(`'%ds|^.\{%d\}|&%s|'`, line, column, word)
}
