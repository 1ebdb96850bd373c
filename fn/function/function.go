// Package function is dindify as a KRM function: a ResourceList in, a ResourceList out.
package function

import (
	"runtime/debug"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
)

// Run carries out the list's functionConfig. Where the report has failed, the items are those of the input; where the
// input cannot even be read as a list, the output is the input.
func Run(in string) (out *stream.Text, rep *report.Report) { return RunWith(in, Override{}) }

// RunWith is Run for a caller that overrides the functionConfig.
func RunWith(in string, o Override) (out *stream.Text, rep *report.Report) {
	rep = &report.Report{}
	list, err := stream.ReadList(in, convert.Tells)
	if err != nil {
		rep.Fail(report.InputInvalid, "%v", err)
		return stream.NewText(in), rep
	}
	items := o.items(list.Items, rep, list.Config())
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

// Items carries out a configuration on items, and returns those that there are then. Its problems, and a panic, which
// is a defect of dindify's, are errors of the report.
func Items(items []*kube.Item, rep *report.Report, load func() (config.Spec, []string)) []*kube.Item {
	set, _ := Convert(items, rep, load)
	return set.Items
}

// Convert is Items for those who want to know what was found.
func Convert(items []*kube.Item, rep *report.Report, load func() (config.Spec, []string)) (set *kube.Set,
	c *convert.Conversion,
) {
	set = &kube.Set{Items: items, Report: rep, Locations: kube.PodSpecLocations}
	defer func() {
		if p := recover(); p != nil {
			rep.Fail(report.Internal, "a defect of dindify's: %v; please report it with the input that shows it\n%s", p,
				debug.Stack())
		}
	}()
	spec, problems := load()
	for _, p := range problems {
		rep.Fail(report.ConfigInvalid, "functionConfig %s", p)
	}
	if rep.Failed() {
		return set, nil
	}
	return set, convert.Run(set, spec)
}
