package report

import "sigs.k8s.io/kustomize/kyaml/yaml"

// Severity is how bad a finding is, as results of KRM functions name it.
type Severity string

// The severities. A run with an Error changes nothing.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Result is a finding as KRM functions report it, field by field kyaml's framework.Result. That package brings OpenAPI
// validators along, which compile regular expressions for a fifth of the time in which an empty list is done.
type Result struct {
	Message     string                   `json:"message,omitempty"`
	Severity    Severity                 `json:"severity,omitempty"`
	ResourceRef *yaml.ResourceIdentifier `json:"resourceRef,omitempty"`
	Field       *ResultField             `json:"field,omitempty"`
	File        *ResultFile              `json:"file,omitempty"`
	Tags        map[string]string        `json:"tags,omitempty"` // the id is in tags["id"]
}

// ResultField is the field that a result is about.
type ResultField struct {
	Path          string `json:"path,omitempty"`
	CurrentValue  string `json:"currentValue,omitempty"`
	ProposedValue string `json:"proposedValue,omitempty"`
}

// ResultFile is the file of the object that a result is about.
type ResultFile struct {
	Path  string `json:"path,omitempty"`
	Index int    `json:"index,omitempty"` // of the document in the file
}

// Result is the finding as KRM functions report it.
func (f *Finding) Result() *Result {
	r := &Result{Message: f.Text, Severity: f.Severity, Tags: map[string]string{"id": f.ID}}
	if f.Object.Kind == "" {
		return r
	}
	r.ResourceRef = &yaml.ResourceIdentifier{
		TypeMeta: yaml.TypeMeta{APIVersion: f.Object.APIVersion, Kind: f.Object.Kind},
		NameMeta: yaml.NameMeta{Name: f.Object.Name, Namespace: f.Object.Namespace},
	}
	if f.Path != "" {
		r.Field = &ResultField{f.Path, f.Current, f.Proposed}
	}
	if f.Object.File != "" {
		r.File = &ResultFile{f.Object.File, f.Object.Index}
	}
	return r
}

// Results are the findings as KRM functions report them.
func (r *Report) Results() []*Result {
	all := make([]*Result, 0, r.n)
	for _, f := range r.All() {
		all = append(all, f.Result())
	}
	return all
}
