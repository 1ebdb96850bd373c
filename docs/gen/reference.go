package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/schema"
)

func schemaJSON(generated *schema.Schema) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	err := enc.Encode(generated)
	return out.Bytes(), err
}

// reference lists every field of the functionConfig.
func reference(generated *schema.Schema) []byte {
	var out strings.Builder
	out.WriteString("# The functionConfig\n\n" +
		"An object of kind `DinD`, apiVersion `dindify.dev/v1alpha1`; or a ConfigMap whose keys are these paths " +
		"without `spec.`. " +
		"Every field is optional. Fields of Kubernetes' own types are described by Kubernetes.\n\n" +
		"| Field | Type | Default | Meaning |\n|---|---|---|---|\n")
	rows(&out, "spec", generated.Properties["spec"])
	versions(&out)
	return []byte(out.String())
}

// versions says which Docker is the default, and what other versions change.
func versions(out *strings.Builder) {
	out.WriteString("\n## Which Docker\n\n" + engine.Default + "\nWhat a version changes is read from the image's tag " +
		"and said (`docker-version`) where the configuration is concerned:\n\n" +
		"| Docker | with | what happens | what to do | source |\n|---|---|---|---|---|\n")
	for _, c := range engine.Changes {
		fmt.Fprintf(out, "| %s | `%s` | %s | %s | %s |\n", c.Versions(), c.Field, cell(c.What), cell(c.Do), cell(c.Source))
	}
}

// rows goes down the fields that have a description; the others are of Kubernetes' own types.
func rows(out *strings.Builder, path string, s *schema.Schema) {
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		field := s.Properties[name]
		at := path + "." + name
		if field.Description == "" {
			continue // Kubernetes'
		}
		fmt.Fprintf(out, "| `%s` | %s | %s | %s |\n", at, kind(field), standard(field), cell(field.Description))
		element := field
		if field.Items != nil {
			element, at = field.Items, at+"[]"
		}
		rows(out, at, element)
	}
}

func kind(s *schema.Schema) string {
	switch {
	case len(s.Enum) > 0:
		return "`" + strings.Join(s.Enum, "`, `") + "`"
	case s.Items != nil:
		return "list of " + kind(s.Items)
	}
	return fmt.Sprint(s.Type)
}

func standard(s *schema.Schema) string {
	if s.Default == nil {
		return ""
	}
	return fmt.Sprintf("`%v`", s.Default)
}

func cell(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "|", `\|`), "<", "&lt;")
}
