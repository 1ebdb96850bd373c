package generate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// object is an object of a text, read by a parser that dindify does not use.
type object map[string]any

func (o object) at(path ...string) any {
	var v any = map[string]any(o)
	for _, key := range path {
		m, isMap := v.(map[string]any)
		if !isMap {
			return nil
		}
		v = m[key]
	}
	return v
}

func (o object) text(path ...string) string {
	s, _ := o.at(path...).(string)
	return s
}

func (o object) id() string {
	return fmt.Sprintf("%s/%s/%s", o.text("kind"), o.text("metadata", "namespace"), o.text("metadata", "name"))
}

// title returns its name in reports.
func (o object) title() string { return strings.Replace(o.id(), "//", "/", 1) }

// read reads every object of a file, including those of Lists.
func read(text string, isJSON bool) ([]object, error) {
	next := yamlObjects(text)
	if isJSON {
		next = jsonObjects(text)
	}
	var all []object
	for {
		var v any
		switch err := next(&v); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, err
		}
		if v == nil {
			continue
		}
		m, isMap := v.(map[string]any)
		if !isMap {
			return nil, fmt.Errorf("an object is %T", v)
		}
		all = append(all, flatten(m)...)
	}
}

func flatten(m map[string]any) []object {
	items, isList := m["items"].([]any)
	if !isList || m["kind"] != "List" {
		return []object{m}
	}
	var all []object
	for _, item := range items {
		if m, isMap := item.(map[string]any); isMap {
			all = append(all, flatten(m)...)
		}
	}
	return all
}

func yamlObjects(text string) func(any) error {
	return yaml.NewDecoder(strings.NewReader(text)).Decode
}

var marker = regexp.MustCompile(`(?m)^---\r?$`)

// jsonObjects reads concatenated JSON documents like kubectl and jq, which accept neither a byte order mark nor ---.
func jsonObjects(text string) func(any) error {
	text = marker.ReplaceAllString(strings.TrimPrefix(text, "\ufeff"), "")
	return json.NewDecoder(bytes.NewReader([]byte(text))).Decode
}
