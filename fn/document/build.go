package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Build makes a tree of a Go value, by way of its JSON form: field names, omitted fields and the order of fields are
// those of its json tags. Empty objects that stand for an unset struct (resources: {}) are left out, except where
// the value is a map or the field is one that means something when empty (emptyDir: {}).
func Build(v any) (*yaml.Node, error) {
	if n, ok := v.(*yaml.Node); ok {
		return n, nil
	}
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	return build(dec)
}

func build(dec *json.Decoder) (*yaml.Node, error) {
	tok, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch t := tok.(type) {
	case json.Delim:
		if t == '{' {
			return buildMapping(dec)
		}
		return buildSequence(dec)
	case string:
		return Str(t), nil
	case json.Number:
		tag := yaml.NodeTagInt
		if strings.ContainsAny(t.String(), ".eE") {
			tag = yaml.NodeTagFloat
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: t.String()}, nil
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagBool, Value: fmt.Sprint(t)}, nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagNull, Value: "null"}, nil
}

// meaningfulWhenEmpty are fields whose empty mapping is a choice, not an omission.
var meaningfulWhenEmpty = map[string]bool{"emptyDir": true}

func buildMapping(dec *json.Decoder) (*yaml.Node, error) {
	m := &yaml.Node{Kind: yaml.MappingNode, Tag: yaml.NodeTagMap}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		v, err := build(dec)
		if err != nil {
			return nil, err
		}
		name := key.(string)
		if v.Kind == yaml.MappingNode && len(v.Content) == 0 && !meaningfulWhenEmpty[name] || v.Tag == yaml.NodeTagNull {
			continue
		}
		m.Content = append(m.Content, Str(name), v)
	}
	_, err := dec.Token()
	if len(m.Content) == 0 {
		m.Style = yaml.FlowStyle
	}
	if i := index(m, "apiVersion"); i > 0 { // the Go types embed it behind the kind; people write it first
		first := slices.Clone(m.Content[i : i+2])
		m.Content = slices.Concat(first, m.Content[:i], m.Content[i+2:])
	}
	return m, err
}

func buildSequence(dec *json.Decoder) (*yaml.Node, error) {
	s := &yaml.Node{Kind: yaml.SequenceNode, Tag: yaml.NodeTagSeq}
	for dec.More() {
		v, err := build(dec)
		if err != nil {
			return nil, err
		}
		s.Content = append(s.Content, v)
	}
	_, err := dec.Token()
	if len(s.Content) == 0 {
		s.Style = yaml.FlowStyle
	}
	return s, err
}

// Str makes a string node, quoted where a YAML 1.1 or 1.2 parser would read something else than this string.
func Str(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagString, Value: s}
	switch {
	case plain(s):
	case strings.Contains(s, "\n"):
		n.Style = yaml.LiteralStyle
	default:
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// plain is true of strings that no YAML version could take for a boolean, number, date or syntax.
func plain(s string) bool {
	if s == "" || !letter(s[0]) && s[0] != '/' && !option(s) && !quantity(s) {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !letter(c) && !(c >= '0' && c <= '9') && !strings.ContainsRune("/._-=(),$+", rune(c)) &&
			!(c == ':' && i+1 < len(s) && s[i+1] != ' ') && !(c == ' ' && i+1 < len(s) && s[i+1] != '#') {
			return false
		}
	}
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return false
	}
	return s[len(s)-1] != ' '
}

// option is true of -c and --flag.
func option(s string) bool { return len(s) > 1 && s[0] == '-' && (letter(s[1]) || s[1] == '-') }

// quantity is true of 500m and 2Gi: no number of any notation ends in such a letter.
func quantity(s string) bool {
	return s[0] >= '0' && s[0] <= '9' && strings.ContainsRune("mkKMGTPi", rune(s[len(s)-1]))
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
