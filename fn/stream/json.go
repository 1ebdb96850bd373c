package stream

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc"
)

// jsonForm describes a file of JSON documents. kubectl and jq read concatenated JSON documents without separators, so
// added objects are JSON too: as further documents, or as further items if the file is one List.
type jsonForm struct {
	head, tail string // of a List, before its first item and after the last one; otherwise the end of the file
	separator  string // before an added document
}

const byteOrderMark = "\ufeff"

// cutJSON splits a file that is all JSON; the form is nil if it is not.
func cutJSON(text string) ([]part, *jsonForm, error) {
	json, hasMark := strings.CutPrefix(text, byteOrderMark)
	values, end := jsonValues(json)
	if len(values) == 0 {
		return nil, nil, nil
	}
	if len(values) == 1 && !hasMark {
		if parts, form, err := cutJSONList(text); form != nil || err != nil {
			return parts, form, err
		}
	}
	values[0].glue = text[:len(text)-len(json)] + values[0].glue
	form := &jsonForm{tail: end, separator: lineEndOf(text)}
	if len(values) > 1 && values[1].glue != "" {
		form.separator = values[1].glue
	}
	return values, form, nil
}

// jsonValues splits a text into JSON objects; it returns none if the text has anything else. end is the white space
// after the last one.
func jsonValues(text string) (values []part, end string) {
	if !strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "{") {
		return nil, ""
	}
	dec, at := json.NewDecoder(strings.NewReader(text)), 0
	for dec.More() {
		p, ok := nextValue(dec, text, at)
		if !ok || !strings.HasPrefix(p.body, "{") {
			return nil, ""
		}
		values, at = append(values, p), int(dec.InputOffset())
	}
	if strings.TrimSpace(text[at:]) != "" {
		return nil, ""
	}
	return values, text[at:]
}

// nextValue reads a value and the text before it.
func nextValue(dec *json.Decoder, text string, at int) (p part, ok bool) {
	var raw json.RawMessage
	if dec.Decode(&raw) != nil {
		return p, false
	}
	end := int(dec.InputOffset())
	begin := end - len(raw)
	return part{glue: text[at:begin], body: text[begin:end]}, true
}

// cutJSONList splits a List (kubectl get -o json); the form is nil if the text is something else, or the List is
// empty.
func cutJSONList(text string) ([]part, *jsonForm, error) {
	items, from, to := itemsOfList(text)
	if len(items) == 0 {
		return nil, nil, nil
	}
	var isList bool
	_, err := yamldoc.ParseAndView(text[:from]+text[to:], func(root *yaml.Node) {
		isList = yamldoc.Text(root, "kind") == "List" && yamldoc.Text(root, "apiVersion") == "v1"
	})
	if err != nil {
		return nil, nil, fmt.Errorf("the List: %w", err)
	}
	if !isList {
		return nil, nil, nil
	}
	form := &jsonForm{head: text[:from], tail: text[to:], separator: ","}
	switch lead := items[0].glue; {
	case len(items) > 1:
		form.separator = items[1].glue
	case strings.Contains(lead, "\n"):
		form.separator += lead
	case strings.Contains(form.head, ": "):
		form.separator += " "
	}
	return items, form, nil
}

// itemsOfList finds the items of a top-level field, and the offsets between its brackets.
func itemsOfList(text string) (items []part, from, to int) {
	dec := json.NewDecoder(strings.NewReader(text))
	_, _ = dec.Token() // the opening brace: the text is one object
	for dec.More() {
		key, _ := dec.Token()
		if key != "items" {
			var skipped json.RawMessage
			if dec.Decode(&skipped) != nil {
				return nil, 0, 0
			}
			continue
		}
		if bracket, _ := dec.Token(); bracket != json.Delim('[') || items != nil {
			return nil, 0, 0
		}
		from = int(dec.InputOffset())
		for at := from; dec.More(); at = int(dec.InputOffset()) {
			p, ok := nextValue(dec, text, at)
			if !ok || !strings.HasPrefix(p.body, "{") {
				return nil, 0, 0
			}
			items = append(items, p)
		}
		_, _ = dec.Token() // the closing bracket
		to = from + lengthOf(items)
	}
	return items, from, to
}

func lengthOf(parts []part) (n int) {
	for _, p := range parts {
		n += len(p.glue) + len(p.body)
	}
	return n
}

// printJSON prints a JSON file. A removed document takes along the text before it; the new first one is preceded by
// the start of the file.
func (f *File) printJSON(added []*kube.Item) (*Text, error) {
	out := &Text{json: true}
	out.add(f.json.head)
	printed := 0
	print := func(item *kube.Item, separator string) error {
		if printed++; printed == 1 {
			separator = f.parts[0].glue
		}
		text, err := jsonOf(item, f.parts[0].body)
		out.add(separator, text)
		return err
	}
	for i, item := range f.Items {
		if item.Gone {
			continue
		}
		if err := print(item, f.parts[i].glue); err != nil {
			return nil, err
		}
	}
	for _, item := range added {
		if err := print(item, f.json.separator); err != nil {
			return nil, err
		}
	}
	if printed > 0 || f.json.head != "" {
		out.add(f.json.tail)
	}
	return out, nil
}

// jsonOf returns an item as JSON; a generated item takes the form of another document.
func jsonOf(item *kube.Item, like string) (string, error) {
	if text := item.Document().Text(); strings.HasPrefix(text, "{") {
		return text, nil
	}
	return item.Document().JSON(like)
}

// jsonDocument returns a generated item as a JSON document between document markers, with a complete last line.
func jsonDocument(item *kube.Item, like string) (string, error) {
	text, err := jsonOf(item, like)
	return text + "\n", err
}

// onlyJSON reports whether every document of a file with document markers is JSON, so that its reader may accept only
// JSON.
func (f *File) onlyJSON() bool {
	return len(f.parts) > 0 && !slices.ContainsFunc(f.parts, func(p part) bool { return !isJSON(p.body) })
}

// isJSON reports whether a text is one JSON value, ignoring a byte order mark.
func isJSON(text string) bool { return json.Valid([]byte(strings.TrimPrefix(text, byteOrderMark))) }
