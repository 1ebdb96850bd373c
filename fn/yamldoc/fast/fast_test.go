package fast_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

var texts = map[string]string{
	"a mapping":         "a: 1\nb: x\nc:\n  d: true\n  e: null\n",
	"compact sequences": "a:\n- b: 1\n  c: 2\n- d\nf:\n- g\n",
	"wide sequences":    "a:\n  - b: 1\n    c: 2\n  - d\nf:\n    - g\n",
	"sequences below":   "a:\n-\n  b: 1\n-\n  - c\n- \n",
	"wide dashes":       "a:\n-   b: 1\n    c: 2\n-   d\n",
	"nothing":           "a:\nb: \nc:\n- \n-\nd:\n  e:\n",
	"empty collections": "a: {}\nb: []\nc:\n- {}\n- []  \n",
	"quotes":            "\"a\": 'b'\n'c': \"d\\n\\\"\\\\\"\ne: 'it''s'\nf: \"\"\ng: ''\n",
	"quoted keys":       "- \"a\": 1\n- 'b':\n    c: 2\n- 'it''s': 1\n",
	"literal blocks": "a: |\n  x\n   y\n\n  z\nb: |-\n    # no comment\n    k: v\nc: |+\n  x\n\n\nd:\n- " +
		"|\n  x\n- y\n",
	"a block at the end":  "a: |\n  x",
	"blank lines":         "\n\na: 1\n\n   \nb:\n\n- c\n\n\n",
	"no final line break": "a:\n  b: c",
	"colons in texts":     "a: b:c\nd: http://e:80/f\ng: -x\nh: a#b\n",
	"a hard blank":        "a: b\u00a0c\u2027\u202a\ufefe\ufffd\n",
	"other characters":    "ä: ö\nü: 'ß'\n\"日\":\n  本: 1\n",
	"numbers": "a: 0x1F\nb: 1e3\nc: .inf\nd: 2001-01-01\ne: 0o7\nf: 1_000\ng: ~\nh: yes\ni: " +
		"010\nj: =\nk: +1\n",
	"keys of all kinds": "1: a\ntrue: b\nnull: c\n2001-01-01: d\nx y: e\n",
	"a sequence":        "- a\n- b: c\n",
	"indented":          "  a: 1\n  b:\n    c: 2\n",
	"blanks at the end": "a: b   \nc: 'd'  \ne:   \n  f: g\n",
	"flow style": "a: [b, \"c d\", 'e', 1]\nf: {g: h, i: [j, {k: l}], \"m\": ''}\nn:\n- [sh, -c, a:b]\n- " +
		"{path: /x, type: Socket}\no: [ ]\n",
}

var refused = map[string]string{
	"comments":             "a: 1 # b\n",
	"comment lines":        "# a\nb: 1\n",
	"several lines":        "a: b\n  c\n",
	"in quotes":            "a: 'b\n  c'\n",
	"unknown anchors":      "a: &b c\nd: *e\n",
	"own anchors":          "a: &b 1\nc: &b\n  d: *b\n",
	"anchors in their own": "- &b\n  c: &b d\n- *b\n",
	"anchored keys":        "- &a b: c\n- &d e: f\n",
	"anchored aliases":     "a: &b c\nd: &e *b\n",
	"two anchors":          "a: &b &c d\n",
	"two in flow style":    "a: [&b &c d]\n",
	"odd names":            "a: &b.c d\n",
	"aliases as keys":      "a: &b c\n*b : d\ne: {*b : f}\n",
	"merge keys":           "<<: a\n",
	"merge values":         "a: <<\n",
	"flow on lines":        "a: {b: c,\n  d: e}\n",
	"flow with nulls":      "a: {b, c: }\n",
	"pairs in a list":      "a: [b: c]\n",
	"trailing commas":      "a: [b, ]\n",
	"rare escapes":         "a: \"\\/\"\nb: \"\\x41\"\n",
	"keys too long":        "a: {" + strings.Repeat("b", 1100) + ": c}\n" + strings.Repeat("d", 1100) + ": e\n",
	"folded":               "a: >\n  b\n",
	"documents":            "---\na: b\n",
	"tabs":                 "a:\tb\n",
	"line ends":            "a: b\r\nc: d\r\n",
	"next line":            "a: b\u0085c\n",
	"a control":            "a: b\u009fc\n",
	"a deletion":           "a: b\u007fc\n",
	"line separator":       "a: b\u2028c\n",
	"paragraph":            "a: b\u2029c\n",
	"byte order mark":      "a: b\ufeffc\n",
	"no character":         "a: b\ufffec\n",
	"nothing":              "",
	"a scalar":             "a\n",
	"an error":             "a: b\n- c\n",
	"bad indentation":      "a:\n    b: 1\n  c: 2\n",
	"a key in a value":     "a: b: c\n",
	"no text at all":       "a: |\nb: c\n",
	"nested sequences":     "- - a\n",
	"complex keys":         "? a\n: b\n",
}

func TestTreesAreTheParsers(t *testing.T) {
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			tree, ok := fast.Parse(text)
			require.True(t, ok, "is not read")
			require.False(t, tree.Commented)
			requireSame(t, text, tree)
		})
	}
}

var commented = map[string]string{
	"above":            "# a\n\n# b\nc: d\n# e\nf:\n  # g\n  - h\n  # i\n- j\n",
	"behind":           "a: b # c\nd: 'e' # f\ng: {} # h\ni: [j] # k\nl: # m\n  n: o # p\n- q # r\n",
	"behind dashes":    "a:\n- # b\n  c: d\n- e # f\n",
	"behind anchors":   "a: &b # c\n  d: e\nf:\n- &g # h\n  i: *b # j\n- &k l # m\n",
	"behind nothing":   "a: # b\nc:   # d\n# e\nf: # g\n",
	"below a block":    "a: |\n  b\n  # text\n# c\nd: e\n",
	"below deeper":     "a:\n  b: c\n      # d\ne: f\n  # g\n",
	"number signs":     "a: b#c\nd: '# e' # f\ng: \"h # i\"\n",
	"above everything": "\n# a\n- b\n",
}

func TestReadsWithoutTheComments(t *testing.T) {
	for name, text := range commented {
		t.Run(name, func(t *testing.T) {
			_, ok := fast.Parse(text)
			require.False(t, ok)
			if tree, ok := fast.Read(text); ok {
				require.True(t, tree.Commented)
				requireSame(t, text, tree)
			} else {
				var n yaml.Node
				require.Error(t, yaml.Unmarshal([]byte(text), &n), "is not read")
			}
		})
	}
}

func uncomment(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	for _, c := range n.Content {
		uncomment(c)
	}
}

func TestRefusesWhatItDoesNotKnow(t *testing.T) {
	for name, text := range refused {
		t.Run(name, func(t *testing.T) {
			_, ok := fast.Parse(text)
			require.False(t, ok)
		})
	}
}

// requireSame compares a tree with the parser's. Comments are compared unless the tree has none.
func requireSame(t *testing.T, text string, tree *fast.Tree) {
	t.Helper()
	var doc yaml.Node
	require.NoError(t, yaml.Unmarshal([]byte(text), &doc), "is read, and is no YAML: %q", text)
	if tree.Commented {
		uncomment(doc.Content[0])
	}
	require.Equal(t, doc.Content[0], tree.Root, "%q", text)
}

// FuzzParse compares each tree with the parser's.
func FuzzParse(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	for _, text := range refused {
		f.Add(text)
	}
	for _, text := range commented {
		f.Add(text)
	}
	cases, err := filepath.Glob("../../tests/cases/*/*.yaml")
	require.NoError(f, err)
	for _, name := range cases {
		text, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if tree, ok := fast.Parse(text); ok {
			requireSame(t, text, tree)
			require.False(t, tree.Commented)
			tree.Free() // the next tree reuses its nodes, which are cleared
		}
		if tree, ok := fast.Read(text); ok {
			requireSame(t, text, tree)
			tree.Free()
		}
	})
}

func BenchmarkParse(b *testing.B) {
	text, err := os.ReadFile("../../base/deployment.yaml")
	require.NoError(b, err)
	b.Run("quick", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			tree, ok := fast.Read(string(text))
			require.True(b, ok)
			tree.Free()
		}
	})
	b.Run("parser", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var n yaml.Node
			require.NoError(b, yaml.Unmarshal(text, &n))
		}
	})
}
