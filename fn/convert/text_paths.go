package convert

import (
	"strings"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/sources"
)

// socketPaths finds the paths of entries.
var socketPaths = sources.NewSearch(func(e *sources.Entry) []pathInText { return pathsIn(e.Text) })

// pathInText is a path of a text that may be a socket's.
type pathInText struct {
	line     int // 1-based line
	at, path string
}

// pathsIn finds the paths of a text line by line, except in comments and in bind mounts.
func pathsIn(text string) []pathInText {
	var all []pathInText
	n := 0
	for line := range strings.Lines(text) {
		n++
		if commands.IsComment(line) {
			continue
		}
		for _, p := range pathsOf(line) {
			p.line = n
			all = append(all, p)
		}
	}
	return all
}

func pathsOf(line string) []pathInText {
	if !strings.Contains(line, "/") {
		return nil
	}
	var all []pathInText
	for _, at := range socketPath().FindAllString(bindPattern().ReplaceAllString(line, " "), -1) {
		all = append(all, pathInText{at: at, path: socket.Normalize(strings.TrimPrefix(at, "unix://"))})
	}
	return all
}
