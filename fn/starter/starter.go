// Package starter writes the first configuration for a repository: a kustomize component, or a functionConfig for
// plain manifests, with only what its workloads need.
package starter

import (
	"fmt"
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Plan is the configuration to write for a source, and what it does.
type Plan struct {
	Source
	Clients []Client         // will be converted, by evidence
	Assumed []Client         // will be converted, since there is no evidence against it
	Left    []report.Finding // will not be converted, with reasons
	Known   []report.Finding // other findings about the conversion
	Needs   []report.Reason  // what the cluster must have, and the namespaces must allow
	Rewrote []report.Object  // clean-up jobs that will prune the new daemons
	Added   []report.Object  // objects that the conversion adds, such as the account and Role of a clean-up job

	choices []choice
}

// New converts the items that read returns as a trial, and plans a configuration from the findings. It fails if read
// or the conversion fails.
func New(source Source, read func() ([]*kube.Item, error)) (*Plan, error) {
	first := config.New()
	first.Journal = config.JournalNone // the second trial proves the conversion, and takes long
	_, found, rep, err := try(read, first)
	if err != nil {
		return nil, err
	}
	p := &Plan{Source: source, choices: choose(newTrial(source.Kind, found, rep))}
	p.takeClients(found)
	spec := config.New()
	for _, c := range p.choices {
		c.set(&spec)
	}
	set, _, rep, err := try(read, spec)
	if err != nil {
		return nil, err
	}
	p.takeAdded(set)
	for f := range rep.BySeverity() {
		switch {
		case f.ID == report.CleanupRewritten:
			if !slices.Contains(p.Rewrote, f.Object) {
				p.Rewrote = append(p.Rewrote, f.Object)
			}
		case f.Severity == report.Info && needs[f.ID]:
			if !slices.Contains(p.Needs, f.Reason) {
				p.Needs = append(p.Needs, f.Reason)
			}
		case p.Kind == Kustomization && f.ID == report.CleanupNamespace: // an outer kustomization may set it
		case f.Severity == report.Info, f.ID == report.ClassAssumed:
		case leaves[f.ID]:
			p.Left = append(p.Left, *f)
		default:
			p.Known = append(p.Known, *f)
		}
	}
	return p, nil
}

// Client is a workload that will be converted.
type Client struct {
	Name     string // Kind/namespace/name
	Evidence string
	File     string // in the input
	Fixed    bool   // the API server refuses changes of its pod
}

// Converts reports whether anything will be converted.
func (p *Plan) Converts() bool { return len(p.Clients)+len(p.Assumed) > 0 }

func (p *Plan) takeClients(found *convert.Outcome) {
	converted := map[report.Object]bool{}
	for _, ref := range found.Converted {
		converted[ref] = true
	}
	for _, w := range found.Workloads {
		isFixed := w.Kind == "Pod" || w.Kind == "Job"
		switch client := (Client{w.String(), w.Evidence, w.File, isFixed}); {
		case !converted[w.Object]:
		case w.Assumed:
			p.Assumed = append(p.Assumed, client)
		default:
			p.Clients = append(p.Clients, client)
		}
	}
}

func (p *Plan) takeAdded(set *kube.Set) {
	for _, item := range set.Items {
		if item.Added && !item.Gone {
			p.Added = append(p.Added, item.Names()...)
		}
	}
}

// needs lists the ids of findings about what a conversion needs.
var needs = map[string]bool{report.KubernetesVersion: true, report.PodSecurity: true}

// leaves lists the ids of findings about workloads that are not converted.
var leaves = map[string]bool{
	report.Observer: true, report.ClassUnsure: true, report.RuntimeSocket: true, report.KindUnknown: true,
	report.KindReportOnly: true, report.CleanupLeft: true, report.AlreadyDinD: true, report.OptedOut: true,
	report.Owned: true,
}

func try(read func() ([]*kube.Item, error), spec config.Spec) (set *kube.Set, found *convert.Outcome,
	rep *report.Report, err error,
) {
	items, err := read()
	if err != nil {
		return nil, nil, nil, err
	}
	rep = &report.Report{}
	set, found = function.Convert(items, rep, func() (config.Spec, []string) { return spec, nil })
	if errs := rep.Errors(); len(errs) > 0 {
		return nil, nil, nil, fmt.Errorf("%s [%s]", errs[0], errs[0].ID)
	}
	return set, found, rep, nil
}
