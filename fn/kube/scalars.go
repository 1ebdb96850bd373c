package kube

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// Scalars holds the scalars of an object by the 1-based line of the document on which they begin. Keys and comments
// are not scalars.
type Scalars struct {
	lines   []int // sorted
	onLine  map[int][]Field
	byValue map[scalar]Field
	named   map[*yaml.Node]map[string]*yaml.Node // elements of a list by name; nil if several have it
}

// scalar is a value and its line. JSON may have thousands on one line.
type scalar struct {
	line  int
	value string
}

// Scalars returns the object's scalars, for callers with many lookups.
func (o *Object) Scalars() *Scalars { return scalarsOf(o.Root()) }

// ViewScalars calls a function with the scalars of a document that is no object, such as a JSON patch.
func (i *Item) ViewScalars(view func(*Scalars)) {
	i.doc.View(func(root *yaml.Node) { view(scalarsOf(Field{node: root})) })
}

// AddNothing reports whether every scalar on that line with a text is in a part of a patch that adds nothing; false if
// there are too many to search.
func (s *Scalars) AddNothing(text string, line int) bool {
	found, ok := s.With(text, line)
	if !ok || len(s.onLine[line]) > most {
		return false
	}
	return found.AddsNothing() && !slices.ContainsFunc(s.onLine[line], func(f Field) bool {
		return strings.Contains(f.node.Value, text) && !f.AddsNothing()
	})
}

// ScalarsInText returns the scalars of the documents in a text that is YAML itself. They are on the lines of the text's
// document if the text is a literal block, and on the line where it begins otherwise.
func (f Field) ScalarsInText() *Scalars { return scalarsOf(f.documents()...) }

func scalarsOf(roots ...Field) *Scalars {
	s := &Scalars{onLine: map[int][]Field{}, byValue: map[scalar]Field{}, named: map[*yaml.Node]map[string]*yaml.Node{}}
	for _, root := range roots {
		root.eachScalar(map[*yaml.Node]bool{}, func(f Field) {
			line := f.node.Line
			if len(s.onLine[line]) == 0 {
				s.lines = append(s.lines, line)
			}
			s.onLine[line] = append(s.onLine[line], f)
			s.byValue[scalar{line, f.node.Value}] = f
		})
	}
	slices.Sort(s.lines)
	return s
}

// Path is Field.Path for a field of the object, for callers with many fields: the names of a list are read once.
func (s *Scalars) Path(f Field) string { return f.pathWith(s.isAmbiguous) }

func (s *Scalars) isAmbiguous(f Field, key, name string) bool {
	list := f.parent.node
	byName, known := s.named[list]
	if !known {
		byName = make(map[string]*yaml.Node, len(list.Content))
		for _, n := range list.Content {
			name, n := yamldoc.Text(n, key), yamldoc.Target(n)
			if other, taken := byName[name]; taken && other != n {
				n = nil
			}
			byName[name] = n
		}
		s.named[list] = byName
	}
	return byName[name] == nil
}

// most limits how many scalars of one line are searched.
const most = 64

// With finds the scalar that contains a text on that line, including a scalar that spans several lines. ok is false
// if there is none, because a key or a comment has the text.
func (s *Scalars) With(text string, line int) (found Field, ok bool) {
	if f, ok := s.byValue[scalar{line, text}]; ok {
		return f, true
	}
	at, begins := slices.BinarySearch(s.lines, line)
	if begins {
		return lastWith(s.onLine[line], text)
	}
	if at == 0 {
		return found, false
	}
	above := s.onLine[s.lines[at-1]]
	if last := above[len(above)-1]; last.node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return last, true
	}
	return lastWith(above, text)
}

func lastWith(fields []Field, text string) (found Field, ok bool) {
	for i, f := range slices.Backward(fields) {
		if strings.Contains(f.node.Value, text) {
			return f, true
		}
		if len(fields)-i >= most {
			break
		}
	}
	return found, false
}

// LastLine returns the 1-based last line of the field in its document; 0 if there is nothing. For a block scalar it
// is the line that opens it.
func (f Field) LastLine() (line int) {
	f.eachScalar(map[*yaml.Node]bool{}, func(s Field) { line = max(line, s.node.Line) })
	return line
}

func (f Field) eachScalar(seen map[*yaml.Node]bool, yield func(Field)) {
	if f.node == nil || seen[f.node] {
		return
	}
	seen[f.node] = true
	switch f.node.Kind {
	case yaml.ScalarNode:
		yield(f)
	case yaml.MappingNode:
		for _, v := range f.Values() {
			v.eachScalar(seen, yield)
		}
	case yaml.SequenceNode:
		for _, e := range f.Items() {
			e.eachScalar(seen, yield)
		}
	}
}
