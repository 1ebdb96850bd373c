package convert

import (
	"path"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// hostSide matches a path for the daemon: absolute, or relative to the current folder, which a shell names too.
const hostSide = `((?:\.\.?|\$\(pwd\)|\$\{?PWD\}?|` + "`pwd`" + `)(?:/[^:\s"',;\]}]*)?|/[^:\s"',\]}]*)`

var (
	isHostSide = pattern.Lazy(`^` + hostSide + `$`)
	// currentFolder matches the names of the current folder in a shell.
	currentFolder = pattern.Lazy(`^(?:\$\(pwd\)|\$\{?PWD\}?|` + "`pwd`" + `)`)
	// changesFolder matches commands that change it.
	changesFolder = pattern.Lazy(`(?:^|[\s;&|(])(?:cd|pushd)\s+["']?([^\s"';&|)]+)`)
)

// longestPath is Linux's PATH_MAX, in bytes.
const longestPath = 4096

// bindSource is the left side of -v, with its place.
type bindSource struct {
	path string
	line int    // 1-based line in a multi-line text, or 0
	base folder // of a relative path
}

// folder is what a relative path is relative to.
type folder int

const (
	noFolder    folder = iota // the path is absolute
	workFolder                // in which the container's command starts
	filesFolder               // of the file that names it, as in a compose file
	unknownFolder
)

// resolve returns the absolute path; "" if the folder is unknown.
func (s bindSource) resolve(workingDir, fileDir string) string {
	at := map[folder]string{noFolder: "/", workFolder: workingDir, filesFolder: fileDir}[s.base]
	if !strings.HasPrefix(at, "/") {
		return ""
	}
	return path.Join(at, s.path)
}

// listedSource returns a source in a list of volumes of a file. Compose resolves it in the file's folder
// (docker/compose docs, short syntax of volumes), but a variable is that of the shell that starts it.
func listedSource(p string, line int) bindSource {
	source := (&folderState{}).source(p, line)
	if strings.HasPrefix(p, ".") {
		source.base = filesFolder
	}
	return source
}

// folderState tracks the current folder of a shell.
type folderState struct {
	at      string // relative to the folder in which the command starts, or absolute
	unknown bool
}

// read follows the changes of the folder in a line. Those of one line apply to all of it.
func (s *folderState) read(line string) {
	if !strings.Contains(line, "cd") && !strings.Contains(line, "pushd") {
		return
	}
	for _, m := range changesFolder().FindAllStringSubmatch(line, -1) {
		switch to := m[1]; {
		case strings.HasPrefix(to, "/") && !strings.ContainsAny(to, "$`*"):
			s.at, s.unknown = to, false
		case strings.ContainsAny(to, "$`*~") || strings.HasPrefix(to, "-"):
			s.unknown = true
		case len(s.at) > longestPath:
			s.unknown = true
		default:
			s.at = path.Join(s.at, to)
		}
	}
}

// source returns a source that a command names in the current folder.
func (s *folderState) source(p string, line int) bindSource {
	if strings.HasPrefix(p, "/") {
		return bindSource{path: path.Clean(p), line: line}
	}
	p = path.Join(s.at, currentFolder().ReplaceAllString(p, "."))
	switch {
	case s.unknown:
		return bindSource{line: line, base: unknownFolder}
	case strings.HasPrefix(p, "/"):
		return bindSource{path: p, line: line}
	}
	return bindSource{path: p, line: line, base: workFolder}
}
