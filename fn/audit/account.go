package audit

import (
	"fmt"
	"strings"

	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/socket"
)

// Mention is a line that names a runtime's socket, a folder with one, or a Docker endpoint, but is not a use.
type Mention struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line"`
	Object string `json:"object,omitempty"` // Kind/namespace/name; "" in a file that is not a Kubernetes object
	Field  string `json:"field,omitempty"`
	Path   string `json:"path"`
	Reason string `json:"reason"` // why it is not a use
}

// Account is the result of an audit: each mention outside of comments is a row, is covered by a row, or is listed
// with the reason why it is not a use.
type Account struct {
	Rows     []Row
	Mentions []Mention
}

// Of audits the documents of a set. uses are the uses that convert found in them.
func Of(set *kube.Set, uses []*discover.Use) Account {
	l := newLedger(uses)
	l.replaced = replacementsOf(set)
	each := make([]found, len(set.Items))
	_ = parallel.For(len(each), func(i int) error { // never fails
		each[i] = l.item(set, set.Items[i])
		return nil
	})
	a := Account{Rows: l.rows}
	for _, one := range each {
		cover(a.Rows, one.covers)
		a.Rows, a.Mentions = append(a.Rows, one.Rows...), append(a.Mentions, one.Mentions...)
	}
	return a
}

// found is the result of one document.
type found struct {
	Account
	covers []covered
	rowAt  map[named]int // index of the first row that names a path in an object
}

// named is a path in an object.
type named struct{ object, path string }

// covered is a line of a document that a row of a pod covers.
type covered struct {
	row, line int
	by        object // that has the line
	isOwn     bool   // a field of the row itself, or a record of the object
	identity  string
}

// cover adds lines to rows. Copies of a pod have the same mentions, and count once: a workload may have any number.
func cover(rows []Row, lines []covered) {
	type by struct {
		row int
		object
	}
	of := map[by]*mentions{}
	for _, c := range lines {
		r := &rows[c.row]
		if r.File == c.by.item.File {
			r.Covers = append(r.Covers, c.line)
		}
		if c.isOwn {
			continue
		}
		key := by{c.row, c.by}
		if of[key] == nil {
			of[key] = &mentions{}
		}
		r.covered.put(of[key].numbered(c.identity), c.line)
	}
}

// object identifies an object of a set.
type object struct {
	item *kube.Item
	path string // path in the document
}

// ledger records the paths that the rows of each object cover.
type ledger struct {
	rows     []Row
	covered  map[object]*coverage
	replaced replaced            // by kustomize
	claimed  map[string][]string // the objects whose rows lead to a PersistentVolume by a claim, by its name
}

func newLedger(uses []*discover.Use) *ledger {
	kept, row, injected := fold(uses)
	l := &ledger{rows: Rows(kept), covered: map[object]*coverage{}, claimed: map[string][]string{}}
	for _, i := range injected {
		l.rows[i].Reason = "not in the template of its owner; " + l.rows[i].Reason
		l.rows[i].Advice = "find what adds it to the pod, such as a mutating webhook or an older revision of its owner"
	}
	for _, u := range uses {
		o := u.Pod.Object()
		key := object{o.Item(), o.PathInDocument()}
		if l.covered[key] == nil {
			l.covered[key] = newCoverage()
		}
		l.covered[key].add(u, row[u])
		if pv := u.PersistentVolume(); pv != "" {
			l.claim(pv, l.rows[row[u]].Object)
		}
	}
	return l
}

// claim records that an object uses a PersistentVolume. The uses of an object follow each other.
func (l *ledger) claim(volume, user string) {
	if users := l.claimed[volume]; len(users) == 0 || users[len(users)-1] != user {
		l.claimed[volume] = append(users, user)
	}
}

// listed lists names, the first three of many.
func listed(names []string) string {
	const most = 3
	if others := len(names) - most; others > 0 {
		return fmt.Sprintf("%s and %d others", strings.Join(names[:most], ", "), others)
	}
	return strings.Join(names, ", ")
}

// item audits one document: first the paths on the node, since a row may cover lines above it.
func (l *ledger) item(set *kube.Set, item *kube.Item) (a found) {
	if item.Gone {
		return a
	}
	body := item.Document().Body()
	isEncoded := mayEncode(body)
	if !isEncoded && !socket.MayMention(body) {
		return a // without a copy of the text
	}
	mentions := socket.Scan(item.Document().Text())
	if len(mentions) == 0 && !isEncoded {
		return a
	}
	a.rowAt = map[named]int{}
	set.ViewAll(item, func(objects []*kube.Object) {
		d := newDocument(item, objects, l.replaced)
		contexts := make([]context, len(mentions))
		for i, m := range mentions {
			contexts[i] = d.context(m)
		}
		for _, o := range objects {
			contexts = append(contexts, d.encoded(o)...)
		}
		if len(objects) == 0 {
			readFields(item, contexts)
		}
		for _, onNode := range []bool{true, false} {
			for _, c := range contexts {
				if c.m.OnNode() == onNode {
					l.mention(&a, d, c)
				}
			}
		}
	})
	return a
}

// readFields marks the mentions of a document without objects that are in a test of a JSON patch, and the values of
// kustomize's replacements.
func readFields(item *kube.Item, contexts []context) {
	item.ViewScalars(func(s *kube.Scalars) {
		for i, c := range contexts {
			contexts[i].addsNothing = s.AddNothing(c.m.Path, c.m.Line)
			if f, ok := s.With(c.m.Path, c.m.Line); ok && f.Name() == "sourceValue" && writesHostPath(f.Parent().Node()) {
				contexts[i].m.Role = value
			}
		}
	})
}

// mention makes a mention a row, covers it by a row, or lists it with a reason.
func (l *ledger) mention(a *found, d *document, c context) {
	line, m := d.item.Line+c.m.Line-1, c.m
	if row, ok := l.covering(c); ok {
		row.line = line
		a.covers = append(a.covers, row)
		if r := l.rows[row.row]; r.File != d.item.File {
			reason := "covered by the row of " + r.Object + " in " + r.File + ", which is of the same workload"
			a.Mentions = append(a.Mentions, Mention{d.item.File, line, c.name(), c.path, m.Path, reason})
		}
		return
	}
	reason := c.noUse()
	if c.kind() == "PersistentVolume" && len(l.claimed[c.object.Name()]) > 0 {
		reason = "covered by the row of what mounts a claim of this volume: " + listed(l.claimed[c.object.Name()])
	}
	key := named{c.name(), socket.Normalize(m.Path)}
	switch row, known := a.rowAt[key]; {
	case known && !m.OnNode() && m.Role != value: // a value of another field is another use
		a.Rows[row].cover(line, c.identity())
	case reason == "":
		if !known {
			a.rowAt[key] = len(a.Rows)
		}
		a.Rows = append(a.Rows, c.row(d.item.File, line))
	default:
		a.Mentions = append(a.Mentions, Mention{d.item.File, line, c.name(), c.path, m.Path, reason})
	}
}

// covering returns the row of a pod that covers a mention in the pod's object, without the line.
func (l *ledger) covering(c context) (found covered, ok bool) {
	if c.object == nil {
		return found, false
	}
	key := object{c.object.Item(), c.object.PathInDocument()}
	rows, isRecord := l.covered[key], c.isRecord()
	row, ok := rows.find(c.m)
	if !ok || c.isInactive() || c.m.OnNode() && c.found && !isRecord && !rows.holds(c.path) {
		return found, false
	}
	found = covered{row: row, by: key, isOwn: isRecord || rows.own.isAbove(c.path)}
	if !found.isOwn {
		found.identity = c.identity()
	}
	return found, true
}
