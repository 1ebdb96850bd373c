package report

import "sigs.k8s.io/kustomize/kyaml/yaml"

// Severity is the severity of a finding, with the values of KRM function results.
type Severity string

// The severities. A run with an Error changes nothing.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Result is a finding in the form of KRM function results, with the fields of kyaml's framework.Result. That package
// links OpenAPI validators, whose regular expressions would add a fifth to the time of an empty run.
type Result struct {
	Message     string                   `json:"message,omitempty"`
	Severity    Severity                 `json:"severity,omitempty"`
	ResourceRef *yaml.ResourceIdentifier `json:"resourceRef,omitempty"`
	Field       *ResultField             `json:"field,omitempty"`
	File        *ResultFile              `json:"file,omitempty"`
	Tags        map[string]string        `json:"tags,omitempty"` // the id is in tags["id"]
}

// ResultField is the field of a result.
type ResultField struct {
	Path          string `json:"path,omitempty"`
	CurrentValue  string `json:"currentValue,omitempty"`
	ProposedValue string `json:"proposedValue,omitempty"`
}

// ResultFile is the file of a result's object.
type ResultFile struct {
	Path  string `json:"path,omitempty"`
	Index int    `json:"index,omitempty"` // index of the document in the file
}

// Result returns the finding as a KRM function result.
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

// Results returns the findings as KRM function results.
func (r *Report) Results() []*Result {
	all := make([]*Result, 0, r.n)
	for _, f := range r.All() {
		all = append(all, f.Result())
	}
	return all
}
