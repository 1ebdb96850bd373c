package verify

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// decodeError returns an error of a decoder in the words of YAML: the field, what it must be, and what it is.
func decodeError(err error) error {
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field == "":
		return fmt.Errorf("an object must be a mapping, and this is a %s", yamlWord(wrong.Value))
	case errors.As(err, &wrong):
		return fmt.Errorf("%s must be a %s, and is a %s", strings.TrimPrefix(wrong.Field, "TypeMeta."),
			wordOfType(wrong.Type), yamlWord(wrong.Value))
	case strings.Contains(err.Error(), "invalid map key"):
		return errors.New("a key is a mapping; a template must be rendered first, as with helm template")
	}
	return err
}

// yamlWord returns YAML's word for a kind of JSON value.
func yamlWord(value string) string {
	kind, _, _ := strings.Cut(value, " ") // "number 1.5"
	switch kind {
	case "array":
		return "list"
	case "object":
		return "mapping"
	case "bool":
		return "boolean"
	}
	return kind
}

func wordOfType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		return "list"
	case reflect.Map, reflect.Struct:
		return "mapping"
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		return "string"
	case reflect.Pointer:
		return wordOfType(t.Elem())
	}
	return "number"
}
