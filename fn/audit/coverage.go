package audit

import (
	"path"
	"strings"

	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/socket"
)

// coverage is what the rows of one object are about, with the index of each row, which may be that of an owner.
type coverage struct {
	paths  map[string]int // as the node or a container has them, in their shortest spelling
	names  map[string]int // the last parts of these paths, as a subPath has them
	below  map[string]int // folders that are mounted as a whole: what is below them is covered
	inText map[textLine]int
	texts  map[string]int // what a text names, and the last parts of it
	places pathSet        // where the pods stand in the object, and the volumes that they share
}

// pathSet are paths of fields, looked up by what begins with one of them.
type pathSet struct {
	paths   map[string]bool
	lengths map[int]bool    // of the paths: there are few
	texts   map[string]bool // fields of text that hold one of them
}

func (s pathSet) add(path string) {
	s.paths[path], s.lengths[len(path)] = true, true
	for i := range len(path) {
		if path[i] == '|' {
			s.texts[path[:i]] = true
		}
	}
}

// isAbove says whether one of the paths is above the field, or the same; or in the text that the field is.
func (s pathSet) isAbove(field string) bool {
	for n := range s.lengths {
		if n <= len(field) && s.paths[field[:n]] {
			return true
		}
	}
	return s.texts[field]
}

// textLine is a path that a line of a text names.
type textLine struct {
	path string
	line int
}

func newCoverage() *coverage {
	return &coverage{
		map[string]int{},
		map[string]int{},
		map[string]int{},
		map[textLine]int{},
		map[string]int{},
		pathSet{map[string]bool{}, map[int]bool{}, map[string]bool{}},
	}
}

func (c *coverage) add(u *convert.Use, row int) {
	for _, at := range []string{u.Pod.Path(), u.Volume.Path()} {
		c.places.add(at)
	}
	if u.Pod.Is(u.Volume) { // a line of a text
		at := socket.Normalize(u.HostPath)
		c.inText[textLine{at, u.Volume.Node().Line}] = row
		first(c.texts, at, row)
		first(c.texts, path.Base(at), row)
		return
	}
	mount := u.Mount.Text("mountPath")
	c.know(row, u.HostPath, u.Volume.Text("hostPath", "path"), u.SocketPath(), mount)
	if u.IsDirectory() {
		c.know(row, path.Join(u.HostPath, u.Inside))
		if mount != "" {
			first(c.below, socket.Normalize(mount), row)
		}
	}
}

// holds says whether a field belongs to a pod that the rows are about, or to a volume of one, or is a record of the
// object. Another field of the object that names the same path on the node is a use of its own.
func (c *coverage) holds(path string) bool {
	isRecord := path == "" || strings.HasPrefix(path, "metadata.") || strings.HasPrefix(path, "status.")
	return isRecord || c.places.isAbove(path)
}

func (c *coverage) know(row int, paths ...string) {
	for _, p := range paths {
		if p != "" {
			p = socket.Normalize(p)
			first(c.paths, p, row)
			first(c.names, path.Base(p), row)
		}
	}
}

// first keeps the first row of several that a key could stand for.
func first(rows map[string]int, key string, row int) {
	if _, known := rows[key]; !known {
		rows[key] = row
	}
}

// find is the row that is about what a mention names. A name without a folder is that of a subPath. Another line of a
// text that names the same path on the node is a use of its own.
func (c *coverage) find(m socket.Mention) (row int, ok bool) {
	if c == nil {
		return 0, false
	}
	at := socket.Normalize(m.Path)
	if row, ok = c.paths[at]; ok {
		return row, true
	}
	if row, ok = c.names[m.Path]; ok && !strings.Contains(m.Path, "/") {
		return row, true
	}
	if row, ok = c.inText[textLine{at, m.Line}]; ok {
		return row, true
	}
	for _, p := range []string{at, m.Path} {
		if row, ok = c.texts[p]; ok && !m.OnNode() {
			return row, true
		}
	}
	for dir := at; dir != "/" && dir != "."; {
		dir = path.Dir(dir)
		if row, ok = c.below[dir]; ok {
			return row, true
		}
	}
	return 0, false
}
