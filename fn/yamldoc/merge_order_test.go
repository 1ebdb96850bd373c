package yamldoc_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/boxp/dindify/fn/yamldoc"
)

// Parsers read a merge key after a key of the same name differently, so no document with one is edited or written.
func TestMergeOrder(t *testing.T) {
	for text, want := range map[string]bool{
		"<<: {a: 1}\na: 2\n":                     false,
		"a: 1\n<<: {a: 1}\n":                     false, // the same value
		"a: 1\n<<: {b: 2}\n":                     false,
		"a: 1\n'<<': {a: 2}\n":                   false, // a text
		"<<: [{a: 1}, {a: 2}]\n":                 false, // the first one counts for all parsers
		"a: 1\n<<: {a: 2}\n":                     true,
		"a: 1\n! <<: {a: 2}\n":                   true,
		"a: 1\n<<: [{b: 1}, {a: 2}]\n":           true,
		"<<: {a: 1}\n<<: {a: 2}\n":               true,
		"x: &x {a: {b: 1}}\ny: {a: 1, <<: *x}\n": true,
		"x:\n- y: [{a: 1, <<: {a: 2}}]\n":        true,
	} {
		doc, err := yamldoc.Parse(text)
		if err != nil {
			t.Fatal(text, err)
		}
		_, err = doc.Edit(func(d *yamldoc.Draft) error {
			d.SetText(d.Root(), "new", "value")
			return nil
		})
		if got := errors.As(err, new(*yamldoc.MergeOrderError)); got != want {
			t.Errorf("%q: error %v, want one: %v", text, err, want)
		}
		if same, err := doc.Edit(func(*yamldoc.Draft) error { return nil }); err != nil || same != doc {
			t.Errorf("%q: an edit of nothing: %v", text, err)
		}
	}
}

// A text that replaces the whole document must not have such a merge key either: it equals the tree.
func TestPrintAsMergeOrder(t *testing.T) {
	doc, err := yamldoc.Parse("a: 1\nb: 2\n")
	if err != nil {
		t.Fatal(err)
	}
	_, err = doc.Edit(func(d *yamldoc.Draft) error {
		d.Delete(d.Root(), "b")
		d.PrintAs("a: 1\n<<: {a: 2}\n")
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), `brings in "a"`) {
		t.Errorf("error %v", err)
	}
}
