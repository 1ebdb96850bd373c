package yamldoc

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Str returns a string node, quoted if a YAML 1.1 or 1.2 parser would read it as another type.
func Str(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagString, Value: s, Style: styleOf(s)}
}

func styleOf(s string) yaml.Style {
	switch {
	case plain(s):
		return 0
	case strings.Contains(s, "\n") && literal(s):
		return yaml.LiteralStyle
	case strings.ContainsAny(s, `"\`) && !strings.ContainsFunc(s, unprintable):
		return yaml.SingleQuotedStyle
	}
	return yaml.DoubleQuotedStyle
}

// AppendLine appends a string as a scalar on one line after a key; ok is false if it needs several lines.
func AppendLine(out []byte, s string) (_ []byte, ok bool) {
	n := yaml.Node{Kind: yaml.ScalarNode, Value: s, Style: styleOf(s)}
	if n.Style == yaml.LiteralStyle {
		return out, false
	}
	p := printer{out: out}
	p.scalar(&n, 0)
	return p.out, true
}

// plain reports whether no YAML version could take a string for a boolean, number, date or syntax.
func plain(s string) bool {
	if s == "" || !letter(s[0]) && s[0] != '/' && !fast.IsOption(s) && !fast.IsQuantity(s) {
		return false
	}
	for i := range len(s) {
		if !harmless[s[i]] && !plainAt(s, i) {
			return false
		}
	}
	if len(s) <= len("false") {
		switch strings.ToLower(s) {
		case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
			return false
		}
	}
	return s[len(s)-1] != ' '
}

// plainAt reports whether a colon or a blank has no special meaning for YAML at its place: a colon before a blank and a
// number sign after one do.
func plainAt(s string, i int) bool {
	c, last := s[i], i == len(s)-1
	if c == ':' {
		return !last && s[i+1] != ' '
	}
	return c == ' ' && !last && s[i+1] != '#'
}

// harmless lists the characters without special meaning within a plain scalar.
var harmless = func() (set [256]bool) {
	for c := range set {
		set[c] = letter(byte(c)) || c >= '0' && c <= '9' || strings.IndexByte("/._-=(),$+[]@", byte(c)) >= 0
	}
	return set
}()

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
