package stream

import (
	"errors"
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/yamldoc"
)

var errNotByLines = errors.New("the items cannot be split by lines")

// cut splits a ResourceList by lines, in the form that kustomize, kpt and kyaml write: top-level keys in the first
// column, one dash per item. It returns errNotByLines for other forms, or parsing a part fails.
func cut(in string, isRelevant func(item string) bool) (*List, error) {
	l := &List{end: lineEndOf(in)}
	head, items, tail := l.sections(in)
	frame := head + tail
	if l.open != "" {
		frame = head + "items: []\n" + tail
	}
	var err error
	if l.frame, err = yamldoc.Parse(frame); err != nil {
		return nil, err
	}
	if !isList(l.frame.Root()) {
		return nil, ErrNotAList
	}
	if inline := yamldoc.Get(l.frame.Root(), "items"); inline != nil && len(inline.Content) > 0 || inline != nil &&
		l.open == "" && inline.Kind != yaml.SequenceNode {
		return nil, errNotByLines
	}
	if err := l.cutItems(items, isRelevant); err != nil {
		return nil, err
	}
	return l, nil
}

func isList(n *yaml.Node) bool {
	return yamldoc.Text(n, "kind") == "ResourceList" && strings.HasPrefix(yamldoc.Text(n, "apiVersion"),
		"config.kubernetes.io/")
}

// sections finds the line "items:" and the lines of the items below it.
func (l *List) sections(in string) (head, items, tail string) {
	rest, at := in, 0
	for len(rest) > 0 {
		line, next := firstLine(rest)
		if l.open == "" && isItemsKey(line) {
			l.open, head = line, in[:at]
			at += len(line)
			rest = next
			continue
		}
		if l.open != "" && !belongsToItems(line) {
			break
		}
		at, rest = at+len(line), next
	}
	if l.open == "" {
		return in, "", ""
	}
	items = in[len(head)+len(l.open) : at]
	return head, items, in[at:]
}

// firstLine splits a text after its first line end.
func firstLine(text string) (line, rest string) {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		return text[:i+1], text[i+1:]
	}
	return text, ""
}

func isItemsKey(line string) bool {
	value, ok := strings.CutPrefix(line, "items:")
	value = strings.TrimSpace(value)
	return ok && (len(value) == 0 || value[0] == '#')
}

func belongsToItems(line string) bool {
	switch line[0] {
	case ' ', '#', '\n', '\r', '\t':
		return true
	case '-':
		return isDash(line, 0)
	case '\'': // kyaml writes the quote that ends a text with a line break into the first column, at any depth
		rest := strings.TrimSpace(line[1:])
		return rest == "" || rest[0] == '#'
	}
	return false
}

// isDash reports whether an element of a block sequence begins in the column.
func isDash(line string, column int) bool {
	return len(line) > column && line[column] == '-' &&
		(len(line) == column+1 || line[column+1] == ' ' || line[column+1] == '\n' || line[column+1] == '\r') &&
		strings.TrimLeft(line[:column], " ") == ""
}

// cutItems cuts at the dashes, and reads the items.
func (l *List) cutItems(items string, isRelevant func(string) bool) error {
	starts, err := l.starts(items)
	if err != nil {
		return err
	}
	if starts == nil {
		l.open += items // comments only
		return nil
	}
	l.open += items[:starts[0]]
	for i, start := range starts {
		end := len(items)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		l.raw = append(l.raw, items[start:end])
	}
	return l.read(isRelevant)
}

// starts finds the lines on which the items begin, and the column of their dashes.
func (l *List) starts(items string) (starts []int, err error) {
	at := 0
	for rest := items; rest != ""; {
		line, next := firstLine(rest)
		if starts == nil {
			l.dash = len(line) - len(strings.TrimLeft(line, " "))
		}
		if isDash(line, l.dash) {
			starts = append(starts, at)
		} else if body := strings.TrimSpace(line); starts == nil && body != "" && body[0] != '#' {
			return nil, errNotByLines
		}
		at, rest = at+len(line), next
	}
	return starts, nil
}

// read reads the items, each with blanks up to its dash and in place of it, on all cores: parsing takes most of a run's
// time.
func (l *List) read(isRelevant func(string) bool) error {
	l.Items, l.docs = make([]*kube.Item, len(l.raw)), make([]*yamldoc.Document, len(l.raw))
	blanks := l.dash + 1
	return parallel.For(len(l.raw), func(i int) error {
		item, err := kube.ReadFromHost(blanks, l.raw[i][blanks:], isRelevant)
		if err != nil {
			return fmt.Errorf("item %d: %w", i+1, err)
		}
		l.Items[i], l.docs[i] = item, item.Document()
		return nil
	})
}
