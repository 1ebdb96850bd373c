package yamldoc_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// set sets a.b.
func set(d *yamldoc.Draft) error {
	d.SetText(yamldoc.Get(d.Root(), "a"), "b", "new")
	return nil
}

// TestAnEditChangesItsLinesOnly compares each text with the result of setting a.b.
func TestAnEditChangesItsLinesOnly(t *testing.T) {
	for name, c := range map[string]struct{ before, after string }{
		"block style":      {"# c\na:\n  b: old # why\n\nd:   1\n", "# c\na:\n  b: new # why\n\nd:   1\n"},
		"a new entry":      {"a:\n  c: 'x'\nd: 1\n", "a:\n  c: 'x'\n  b: new\nd: 1\n"},
		"flow style":       {"a: {b: old,  c: 1} # why\n", "a: {b: new,  c: 1} # why\n"},
		"JSON":             {"{\n \"a\": {\"b\": \"old\"}\n}\n", "{\n \"a\": {\"b\": \"new\"}\n}\n"},
		"other line ends":  {"a:\r\n  b: old\r\nc: 1\r\n", "a:\r\n  b: new\r\nc: 1\r\n"},
		"no last line end": {"a:\n  b: old", "a:\n  b: new"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := yamldoc.Parse(c.before)
			require.NoError(t, err)
			next, err := doc.Edit(set)
			require.NoError(t, err)
			require.Equal(t, c.after, next.Text())
			require.Equal(t, c.before, doc.Text(), "the document itself never changes")
		})
	}
}

func TestAnEditOfNothingIsTheSameDocument(t *testing.T) {
	doc, err := yamldoc.Parse("a:\n  b: 1\n")
	require.NoError(t, err)
	next, err := doc.Edit(func(*yamldoc.Draft) error { return nil })
	require.NoError(t, err)
	require.Same(t, doc, next)
}

func TestAnErrorOfTheFunctionLeavesNoDocument(t *testing.T) {
	doc, err := yamldoc.Parse("a:\n  b: 1\n")
	require.NoError(t, err)
	failure := errors.New("no")
	next, err := doc.Edit(func(d *yamldoc.Draft) error { return errors.Join(set(d), failure) })
	require.ErrorIs(t, err, failure)
	require.Nil(t, next)
}

func TestNodesOfRootOutliveOtherTrees(t *testing.T) {
	doc, err := yamldoc.Parse("a:\n  b: old\n")
	require.NoError(t, err)
	b := yamldoc.Get(doc.Root(), "a", "b")
	for range 100 {
		doc.View(func(*yaml.Node) {})
		_, err := doc.Edit(set)
		require.NoError(t, err)
	}
	require.Equal(t, "old", b.Value)
}

func TestBadTextsAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"a key twice":        "a: 1\na: 2\n",
		"two documents":      "a: 1\n---\nb: 2\n",
		"an alias in itself": "a: &a\n  b: *a\n",
		"no YAML":            "a: [\n",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := yamldoc.Parse(text)
			require.Error(t, err)
		})
	}
}

// FuzzEdit edits any text: the result parses as the edited tree, and without an edit nothing changes.
func FuzzEdit(f *testing.F) {
	files, err := filepath.Glob("../../tests/cases/*/input.yaml")
	require.NoError(f, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(string(text))
	}
	f.Add("a: {b: old}\n")
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := yamldoc.Parse(text)
		if err != nil || doc.Root() == nil || doc.Root().Kind != yaml.MappingNode {
			return
		}
		next, err := doc.Edit(func(d *yamldoc.Draft) error {
			d.SetText(d.Root(), "fuzzed", "yes")
			return nil
		})
		if errors.Is(err, yamldoc.ErrUnreadable) || errors.As(err, new(*yamldoc.MergeOrderError)) {
			return // refused, and nothing is written
		}
		require.NoError(t, err)
		require.Equal(t, "yes", yamldoc.Text(next.Root(), "fuzzed"), "%q", next.Text())
	})
}
