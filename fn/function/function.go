// Package function is dindify as a KRM function: it reads a ResourceList and returns one.
package function

import (
	"errors"
	"runtime/debug"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
)

// Run applies the list's functionConfig, with what the caller overrides. If the report has an error, the output has the
// items of the input; if the list cannot be read, the output is the input. If the input is not a list, there is no
// output: plain manifests in a pipe from which the verb was left out would be applied unconverted.
func Run(in string, o Override) (out *stream.Text, rep *report.Report) {
	rep = &report.Report{}
	list, err := stream.ReadList(in, discover.IsRelevant)
	if err != nil {
		rep.Fail(report.InputInvalid, "%v", err)
		if errors.Is(err, stream.ErrNotAList) {
			in = ""
		}
		return stream.NewText(in), rep
	}
	items := list.Items
	if !o.leaves(list.Config()) {
		set, _ := Convert(items, rep, func() (config.Spec, []string) { return o.load(list.Config()) })
		items = set.Items
	}
	warnOfNoMarker(rep, items, list.Config())
	items, err = withMarker(items, list.Config())
	if err != nil {
		rep.Fail(report.Internal, "%v", err)
	}
	if rep.Failed() {
		out, err = list.Same(rep)
	} else {
		out, err = list.Print(items, rep)
	}
	if err != nil {
		rep.Fail(report.Internal, "cannot print the result: %v", err)
		return stream.NewText(in), rep
	}
	return out, rep
}

// Convert applies a configuration to items. It returns the resulting items, and what the run found: nil after an error
// of the configuration. Problems of the configuration are errors of the report, and so is a panic, which is a bug in
// dindify.
func Convert(items []*kube.Item, rep *report.Report, load func() (config.Spec, []string)) (
	set *kube.Set, found *convert.Outcome,
) {
	set = &kube.Set{Items: items, Report: rep, Locations: kube.PodSpecLocations}
	defer func() {
		if p := recover(); p != nil {
			rep.Fail(report.Internal, "a bug in dindify: %v; please report it with the input\n%s", p, debug.Stack())
		}
	}()
	spec, problems := load()
	for _, p := range problems {
		rep.Fail(report.ConfigInvalid, "functionConfig %s", p)
	}
	if rep.Failed() {
		return set, nil
	}
	found = convert.Run(set, spec)
	if spec.Mode == config.DinD && !rep.Failed() {
		reportOthers(set, spec)
	}
	return set, found
}
