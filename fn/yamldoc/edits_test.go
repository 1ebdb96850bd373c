package yamldoc_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

var update = flag.Bool("update", false, "rewrite testdata/edits.txt")

// styles are texts with the same tree: a: {b: old, c: [x, {d: 1}]}, e: f.
var styles = []string{
	"a:\n  b: old\n  c:\n  - x\n  - d: 1\ne: f\n",
	"a:\n    b: old\n    c:\n        - x\n        - d: 1\ne: f\n",
	"a:\n  b: 'old'\n  c:\n  -   x\n  -   d: 1\n\n\n# of e\ne: f\n",
	"# of a\na:\n  # of b\n  b: old # behind b\n  # of c\n  c:\n  # of x\n  - x # behind x\n  # of d\n  - d: 1\n" +
		"  # last\n# of e\ne: f",
	"a:\n  b: |\n    old\n\n\n  c:\n  - |-\n    x\n  - d: 1\n\ne: f\n",
	"a:\n  c:\n  - x\n  - d: 1\n  b: |+\n    old\n\ne: f\n",
	"a:\n  c:\n  - x\n  - d: 1\n  b:\n    old\n\n  \ne: f\n",
	"a: {b: old, c: [x, {d: 1}]}\ne: f\n",
	"a: { b: old, c: [ x, { d: 1 } ] } # behind a\ne: f\n",
	"a: {b: old,c: [x,{d: 1}]}\ne: f\n",
	"a: {\n  b: old, # behind b\n  c: [\n    x,\n    {d: 1},\n  ],\n}\ne: f\n",
	"a: {\"b\":\"old\",\"c\":[\"x\",{\"d\":1}]}\ne: f\n",
	"{a: {b: old, c: [x, {d: 1}]}, e: f}\n",
	"{\"a\":{\"b\":\"old\",\"c\":[\"x\",{\"d\":1}]},\"e\":\"f\"}\n",
	"{\"a\": {\"b\": \"old\", \"c\": [\"x\", {\"d\": 1}]}, \"e\": \"f\"}",
	"{\n  \"a\": {\n    \"b\": \"old\",\n    \"c\": [\n      \"x\",\n      {\"d\": 1}\n    ]\n  },\n  \"e\": \"f\"\n}\n",
	"{\n\t\"a\": {\n\t\t\"b\": \"old\",\n\t\t\"c\": [\"x\", {\n\t\t\t\"d\": 1\n\t\t}]},\n\t\"e\": \"f\"}\n",
	"a:\r\n  b: old\r\n  c:\r\n  - x\r\n  - d: 1\r\ne: f\r\n",
	"---\na:\n  b: old\n  c: [x, {d: 1}]\ne: f\n...\n",
	"a: &a\n  b: &b old\n  c: &c\n  - &x x\n  - &d {d: 1}\ne: f\n",
	"a: &a # of a\n  # of b\n  b: &b old\n  c: !!seq # of c\n  -   &x x\n  # of d\n  -   &d\n    d: 1\ne: f\n",
	"a: !!map\n  b: !!str old\n  c: !!seq\n  - !!str x\n  - d: !!int 1\ne: f\n",
	"a:\n  b: \"old\"\n  c:\n  -\n    x\n  -\n    d: 1\ne: f\n",
	"a:\n  ? b\n  : old\n  c:\n  - x\n  - d: 1\ne: f\n",
}

// edits are what is done to each text.
var edits = []struct {
	name string
	edit func(d *yamldoc.Draft, a, c *yaml.Node)
}{
	{"set a.b", func(d *yamldoc.Draft, a, _ *yaml.Node) { d.SetText(a, "b", "new") }},
	{"set a.b to a text of lines", func(d *yamldoc.Draft, a, _ *yaml.Node) { d.SetText(a, "b", "one\n two\n") }},
	{"set a.b to what needs quotes", func(d *yamldoc.Draft, a, _ *yaml.Node) { d.SetText(a, "b", "yes") }},
	{"set a.n", func(d *yamldoc.Draft, a, _ *yaml.Node) { d.SetText(a, "n", "# 'new'") }},
	{"set n", func(d *yamldoc.Draft, _, _ *yaml.Node) { d.SetText(d.Root(), "n", "new") }},
	{"set a.b to a tree", func(d *yamldoc.Draft, a, _ *yaml.Node) { d.Set(a, "b", tree(d)) }},
	{"delete a.b", func(d *yamldoc.Draft, a, _ *yaml.Node) { d.Delete(a, "b") }},
	{"delete a.b and a.c", func(d *yamldoc.Draft, a, _ *yaml.Node) { d.Delete(a, "b"); d.Delete(a, "c") }},
	{"delete a", func(d *yamldoc.Draft, _, _ *yaml.Node) { d.Delete(d.Root(), "a") }},
	{"delete e", func(d *yamldoc.Draft, _, _ *yaml.Node) { d.Delete(d.Root(), "e") }},
	{"insert first", func(d *yamldoc.Draft, _, c *yaml.Node) { d.Insert(c, 0, tree(d)) }},
	{"insert last", func(d *yamldoc.Draft, _, c *yaml.Node) { d.Insert(c, len(c.Content), tree(d)) }},
	{"remove first", func(d *yamldoc.Draft, _, c *yaml.Node) { d.Remove(c, c.Content[0]) }},
	{"remove last", func(d *yamldoc.Draft, _, c *yaml.Node) { d.Remove(c, c.Content[1]) }},
	{"remove both", func(d *yamldoc.Draft, _, c *yaml.Node) { d.Remove(c, c.Content[0]); d.Remove(c, c.Content[0]) }},
	{"remove and insert", func(d *yamldoc.Draft, _, c *yaml.Node) { d.Remove(c, c.Content[0]); d.Insert(c, 1, tree(d)) }},
	{"set d", func(d *yamldoc.Draft, _, c *yaml.Node) {
		d.SetText(c.Content[1], "d", "2")
		d.SetText(c.Content[1], "g", "h")
	}},
}

func tree(d *yamldoc.Draft) *yaml.Node {
	n, err := d.Build(struct {
		Name string   `json:"name"`
		List []string `json:"list"`
		Of   struct {
			None map[string]string `json:"none"`
			True bool              `json:"true"`
		} `json:"of"`
	}{Name: "n", List: []string{"1", "two words", "a: b"}})
	if err != nil {
		panic(err)
	}
	return n
}

// TestEditsOfEachStyle holds what each edit makes of each text against testdata/edits.txt, and that the result has the
// tree that was edited: what an edit does not touch stays byte for byte.
func TestEditsOfEachStyle(t *testing.T) {
	var got strings.Builder
	for _, text := range styles {
		fmt.Fprintf(&got, "=== %q\n", text)
		doc, err := yamldoc.Parse(text)
		require.NoError(t, err, text)
		for _, e := range edits {
			var edited string
			next, err := doc.Edit(func(d *yamldoc.Draft) error {
				a := yamldoc.Get(d.Root(), "a")
				e.edit(d, a, yamldoc.Get(a, "c"))
				edited = plain(t, d.Root())
				return nil
			})
			require.NoError(t, err, "%s of %q", e.name, text)
			fmt.Fprintf(&got, "%s: %q\n", e.name, next.Text())
			require.Equal(t, edited, plain(t, next.Root()), "%s of %q: %q", e.name, text, next.Text())
		}
	}
	if *update {
		require.NoError(t, os.WriteFile("testdata/edits.txt", []byte(got.String()), 0o644))
	}
	want, err := os.ReadFile("testdata/edits.txt")
	require.NoError(t, err)
	require.Equal(t, string(want), got.String(), "go test ./fn/yamldoc -run Edits -update rewrites it")
}

// plain is what a tree says, without its style.
func plain(t *testing.T, n *yaml.Node) string {
	t.Helper()
	var v any
	require.NoError(t, n.Decode(&v))
	return fmt.Sprintf("%#v", v)
}
