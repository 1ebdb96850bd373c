package stream

import (
	"bytes"
	"strconv"

	"sigs.k8s.io/kustomize/kyaml/fn/framework"

	"github.com/boxp/dindify/fn/document"
)

// printResults prints results as document.Encode does, in a quarter of its time: a run that converts a thousand workloads
// has twelve thousand of them.
func printResults(out *bytes.Buffer, results framework.Results) error {
	for _, r := range results {
		begin, p := out.Len(), resultPrinter{out: out}
		if p.result(r); !p.odd {
			continue
		}
		out.Truncate(begin)
		text, err := document.Encode([]*framework.Result{r}, false)
		if err != nil {
			return err
		}
		out.Write(text)
	}
	return nil
}

type resultPrinter struct {
	out *bytes.Buffer
	odd bool // there is a text in it that does not fit in a line, or a value that is no text
}

func (p *resultPrinter) result(r *framework.Result) {
	p.entry("- message: ", r.Message)
	p.entry("  severity: ", string(r.Severity))
	if ref := r.ResourceRef; ref != nil {
		p.out.WriteString("  resourceRef:\n")
		p.entry("    apiVersion: ", ref.APIVersion)
		p.entry("    kind: ", ref.Kind)
		p.entry("    name: ", ref.Name)
		p.entry("    namespace: ", ref.Namespace)
	}
	if f := r.Field; f != nil {
		p.out.WriteString("  field:\n")
		p.entry("    path: ", f.Path)
		p.value("    currentValue: ", f.CurrentValue)
		p.value("    proposedValue: ", f.ProposedValue)
	}
	if f := r.File; f != nil {
		p.out.WriteString("  file:\n")
		p.entry("    path: ", f.Path)
		if f.Index != 0 {
			p.out.WriteString("    index: " + strconv.Itoa(f.Index) + "\n")
		}
	}
	p.odd = p.odd || r.Message == "" || len(r.Tags) != 1 || r.ResourceRef != nil && r.ResourceRef.APIVersion+r.ResourceRef.Kind+r.ResourceRef.Name == ""
	p.out.WriteString("  tags:\n")
	p.entry("    id: ", r.Tags["id"])
}

// entry prints a field that has a value.
func (p *resultPrinter) entry(key, value string) {
	if value == "" {
		return
	}
	text, ok := document.Line(value)
	p.odd = p.odd || !ok
	p.out.WriteString(key)
	p.out.WriteString(text)
	p.out.WriteByte('\n')
}

func (p *resultPrinter) value(key string, value any) {
	text, isText := value.(string)
	p.odd = p.odd || !isText && value != nil
	p.entry(key, text)
}
