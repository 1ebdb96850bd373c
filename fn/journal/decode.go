package journal

import (
	"strconv"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Decoding a journal by reflection takes twice the time of parsing it. These functions decode what a conversion
// writes; they return false for any other form of a value, such as a number in quotes, which the decoder of YAML may
// accept.

func toJournal(n *yaml.Node, j *journal) bool {
	return eachEntry(n, func(key string, v *yaml.Node) bool {
		switch key {
		case "version":
			return toInt(v, &j.Version)
		case "object":
			return toText(v, &j.Object)
		case "daemon":
			return toText(v, &j.Daemon)
		case "serves":
			return toText(v, &j.Serves)
		case "generated":
			return toList(v, &j.Generated, toText)
		case "edits":
			return toList(v, &j.Edits, toEdit)
		case "lines":
			return toList(v, &j.Lines, toLine)
		}
		return false
	})
}

func toEdit(n *yaml.Node, e *edit) bool {
	return eachEntry(n, func(key string, v *yaml.Node) bool {
		switch key {
		case "in":
			return toText(v, &e.In)
		case "made":
			e.Made = v.Value == "true"
			return e.Made && v.Tag == yaml.NodeTagBool
		case "was":
			return toText(v, &e.Was)
		case "drop":
			e.Drop = make(map[string]string, len(v.Content)/2)
			return eachEntry(v, func(name string, v *yaml.Node) bool {
				var was string
				ok := toText(v, &was)
				e.Drop[name] = was
				return ok
			})
		case "put":
			return toList(v, &e.Put, toPut)
		}
		return false
	})
}

func toPut(n *yaml.Node, p *put) bool {
	return eachEntry(n, func(key string, v *yaml.Node) bool {
		switch key {
		case "at":
			return toInt(v, &p.At)
		case "text":
			return toText(v, &p.Text)
		case "now":
			return toText(v, &p.Now)
		}
		return false
	})
}

func toLine(n *yaml.Node, l *line) bool {
	return eachEntry(n, func(key string, v *yaml.Node) bool {
		switch key {
		case "in":
			return toText(v, &l.In)
		case "text":
			return toText(v, &l.Text)
		}
		return false
	})
}

// eachEntry calls a function with each key and value of a mapping, until it returns false.
func eachEntry(n *yaml.Node, take func(key string, v *yaml.Node) bool) bool {
	ok := n.Kind == yaml.MappingNode
	for i := 0; ok && i < len(n.Content); i += 2 {
		var key string
		ok = toText(n.Content[i], &key) && take(key, n.Content[i+1])
	}
	return ok
}

func toList[T any](n *yaml.Node, list *[]T, take func(*yaml.Node, *T) bool) bool {
	ok := n.Kind == yaml.SequenceNode
	*list = make([]T, len(n.Content))
	for i := 0; ok && i < len(n.Content); i++ {
		ok = take(n.Content[i], &(*list)[i])
	}
	return ok
}

func toText(n *yaml.Node, s *string) bool {
	*s = n.Value
	return n.Kind == yaml.ScalarNode && n.Tag == yaml.NodeTagString
}

// toInt decodes a decimal number.
func toInt(n *yaml.Node, i *int) bool {
	v, err := strconv.Atoi(n.Value)
	*i = v
	return err == nil && n.Tag == yaml.NodeTagInt && strconv.Itoa(v) == n.Value
}
