package audit

import (
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/socket"
)

// Mention is a line that names a runtime's socket, a folder that holds one, or a Docker endpoint, and is no use of one.
type Mention struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line"`
	Object string `json:"object,omitempty"` // Kind/namespace/name; "" in a file that is no Kubernetes object
	Field  string `json:"field,omitempty"`
	Path   string `json:"path"`
	Reason string `json:"reason"` // why it is no use
}

// Account is what an audit found: each mention outside of comments is a row, is covered by one, or is listed with the reason why
// it is none.
type Account struct {
	Rows     []Row
	Mentions []Mention
}

// Of accounts for everything that the documents of a set mention. The uses are those that convert found in them.
func Of(set *kube.Set, uses []*convert.Use) Account {
	l := newLedger(uses)
	each := make([]found, len(set.Items))
	_ = parallel.For(len(each), func(i int) error { // which never fails
		each[i] = l.item(set, set.Items[i])
		return nil
	})
	a := Account{Rows: l.rows}
	for _, one := range each {
		for _, c := range one.covers {
			a.Rows[c.row].Covers = append(a.Rows[c.row].Covers, c.line)
		}
		a.Rows, a.Mentions = append(a.Rows, one.Rows...), append(a.Mentions, one.Mentions...)
	}
	return a
}

// found is what one document holds.
type found struct {
	Account
	covers []cover
}

// cover is a line of a document that a row of a pod covers.
type cover struct{ row, line int }

// object names an object of a set.
type object struct {
	item *kube.Item
	path string // in the document
}

// ledger knows which paths the rows of each object cover.
type ledger struct {
	rows    []Row
	covered map[object][]place
	claimed map[string]bool // paths of PersistentVolumes that a row has reached by a claim
}

// place is a path, as the node or a container has it.
type place struct {
	path  string
	whole bool // a folder, which covers what is below it
	row   int  // index of the row, which may be that of the owner
	line  int  // where a text names it; 0 for a pod's, which is covered as a whole
}

func newLedger(uses []*convert.Use) *ledger {
	kept, row := fold(uses)
	l := &ledger{rows: Rows(kept), covered: map[object][]place{}, claimed: map[string]bool{}}
	for _, u := range uses {
		o := u.Pod.Object()
		key := object{o.Item(), o.PathInDocument()}
		l.covered[key] = append(l.covered[key], places(u, row[u])...)
		if u.Claim != "" {
			l.claimed[socket.Normalize(u.HostPath)] = true
		}
	}
	return l
}

func places(u *convert.Use, row int) []place {
	if u.Pod.Is(u.Volume) { // a line of a text
		return []place{{path: u.HostPath, row: row, line: u.Volume.Node().Line}}
	}
	all := []place{{path: u.HostPath}, {path: u.Volume.Text("hostPath", "path")}, {path: u.SocketPath()}, {path: u.Mount.Text("mountPath"), whole: u.IsDirectory()}}
	if u.IsDirectory() {
		all = append(all, place{path: path.Join(u.HostPath, u.Inside)})
	}
	for i := range all {
		all[i].row = row
	}
	return slices.DeleteFunc(all, func(p place) bool { return p.path == "" })
}

// covering finds the row that is about what a mention names. A name without a folder is that of a subPath.
func covering(places []place, m socket.Mention) (row int, ok bool) {
	at := socket.Normalize(m.Path)
	i := slices.IndexFunc(places, func(p place) bool {
		known := socket.Normalize(p.path)
		if m.OnNode() && p.line > 0 && p.line != m.Line {
			return false // another line of the text names it too
		}
		return known == at || p.whole && strings.HasPrefix(at, strings.TrimSuffix(known, "/")+"/") ||
			!strings.Contains(m.Path, "/") && path.Base(known) == m.Path
	})
	if i < 0 {
		return 0, false
	}
	return places[i].row, true
}

// item accounts for one document: first for what names a path on the node, since a row may cover lines above it.
func (l *ledger) item(set *kube.Set, item *kube.Item) (a found) {
	if item.Gone {
		return a
	}
	mentions := socket.Scan(item.Document().Text())
	if len(mentions) == 0 {
		return a
	}
	objects := set.ObjectsOf(item)
	for _, onNode := range []bool{true, false} {
		for _, m := range mentions {
			if m.OnNode() == onNode {
				l.mention(&a, item, at(objects, m.Line), m)
			}
		}
	}
	item.Document().Release()
	return a
}

// mention accounts for one mention: it is covered, becomes a row, or is listed with the reason why it is none.
func (l *ledger) mention(a *found, item *kube.Item, o *kube.Object, m socket.Mention) {
	line := item.Line + m.Line - 1
	c := context{m: m}
	if o != nil {
		if row, ok := covering(l.covered[object{item, o.PathInDocument()}], m); ok {
			a.covers = append(a.covers, cover{row, line})
			return
		}
		c.object = o
		c.field, c.found = o.FieldWith(m.Path, m.Line)
	}
	reason := c.noUse()
	if c.kind() == "PersistentVolume" && l.claimed[socket.Normalize(m.Path)] {
		reason = "a row has it, by the claim that leads here"
	}
	switch row := a.rowOf(c, m); {
	case row != nil && !m.OnNode():
		row.Covers = append(row.Covers, line)
	case reason == "":
		a.Rows = append(a.Rows, c.row(item.File, line))
	default:
		a.Mentions = append(a.Mentions, Mention{item.File, line, c.name(), c.path(), m.Path, reason})
	}
}

// rowOf is the row of the same object that names the same path on the node.
func (a *found) rowOf(c context, m socket.Mention) *Row {
	for i := range a.Rows {
		if r := &a.Rows[i]; r.Object == c.name() && socket.Normalize(r.HostPath) == socket.Normalize(m.Path) {
			return r
		}
	}
	return nil
}

// at is the object that stands on a line; nil in a document that holds none.
func at(objects []*kube.Object, line int) (found *kube.Object) {
	for _, o := range objects {
		if found == nil || o.Root().Node().Line <= line {
			found = o
		}
	}
	return found
}

// fold keeps of workloads that own each other, as a live cluster shows them, the owner's use, or else the first. Row is the index
// of the kept use that stands for each.
func fold(uses []*convert.Use) (kept []*convert.Use, row map[*convert.Use]int) {
	row = map[*convert.Use]int{}
	first := map[string]int{} // of a workload, and of one of its uses
	var owned []*convert.Use
	for _, u := range uses {
		if owner(u.Pod.Object()) != "" {
			owned = append(owned, u)
			continue
		}
		row[u] = len(kept)
		if name := u.Pod.Object().Ref().String(); first[name] == 0 {
			first[name] = len(kept) + 1
		}
		kept = append(kept, u)
	}
	for _, u := range owned {
		name := owner(u.Pod.Object())
		id := strings.Join([]string{name, u.Container.Text("name"), u.HostPath, u.Mount.Text("mountPath")}, "\x00")
		switch {
		case first[name] > 0:
			row[u] = first[name] - 1
		case first[id] > 0:
			row[u] = first[id] - 1
		default:
			row[u] = len(kept)
			kept = append(kept, u)
			first[id] = len(kept)
		}
	}
	return kept, row
}

// owner is the controller of an object, as rows name objects; "" where it has none. A ReplicaSet of a Deployment stands for the
// Deployment: its name is the Deployment's with a hash.
func owner(o *kube.Object) string {
	for _, ref := range o.Root().Get("metadata", "ownerReferences").Items() {
		if !ref.True("controller") {
			continue
		}
		kind, name := ref.Text("kind"), ref.Text("name")
		if at := strings.LastIndexByte(name, '-'); kind == "ReplicaSet" && at > 0 && o.Label("pod-template-hash") == name[at+1:] {
			kind, name = "Deployment", name[:at]
		}
		if ns := o.Namespace(); ns != "" {
			return kind + "/" + ns + "/" + name
		}
		return kind + "/" + name
	}
	return ""
}
