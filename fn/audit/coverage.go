package audit

import (
	"path"
	"strings"

	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/socket"
)

// coverage holds what the rows of one object are about, with the index of each row, which may be that of an owner.
type coverage struct {
	paths  map[string]int // on the node or in a container, normalized
	names  map[string]int // the last parts of these paths, as in a subPath
	below  map[string]int // folders that are mounted as a whole: everything below is covered
	inText map[textLine]int
	texts  map[string]int // what a text names, and its last part
	places pathSet        // paths of the pods in the object, and of the volumes that they share
	own    pathSet        // paths of the mounts and volumes of the rows
}

// textLine is a path in a line of a text.
type textLine struct {
	path string
	line int
}

func newCoverage() *coverage {
	return &coverage{
		paths: map[string]int{}, names: map[string]int{}, below: map[string]int{},
		inText: map[textLine]int{}, texts: map[string]int{},
		places: newPathSet(), own: newPathSet(),
	}
}

func (c *coverage) add(u *discover.Use, row int) {
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
	c.own.add(u.Volume.Path())
	if u.Mounted() {
		c.own.add(u.Mount.Path())
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

// holds reports whether a field belongs to a pod of the rows, or to a volume of one, or is a text with one. Another
// field of the object that names the same path on the node is another use.
func (c *coverage) holds(field string) bool { return c.places.isAbove(field) || c.places.texts[field] }

func (c *coverage) know(row int, paths ...string) {
	for _, p := range paths {
		if p != "" {
			p = socket.Normalize(p)
			first(c.paths, p, row)
			first(c.names, path.Base(p), row)
		}
	}
}

// first keeps the first of several rows for a key.
func first(rows map[string]int, key string, row int) {
	if _, known := rows[key]; !known {
		rows[key] = row
	}
}

// find returns the row for a mention. A name without a folder is that of a subPath. Another line of a text that names
// the same path on the node is another use.
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
