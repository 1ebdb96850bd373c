package function

import (
	"slices"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// reportOthers warns of objects that name a path of the node for a pod that a controller or a chart builds from them,
// such as a Tekton run. The conversion knows only pods, and reports nothing about these objects. With targets, only
// the selected workloads matter.
func reportOthers(set *kube.Set, spec config.Spec) {
	if len(spec.Targets) > 0 {
		return
	}
	reported := map[report.Object]bool{}
	for _, f := range set.Report.All() {
		reported[report.Object{Kind: f.Object.Kind, Namespace: f.Object.Namespace, Name: f.Object.Name}] = true
	}
	others := &kube.Set{Report: &report.Report{}, Locations: set.Locations}
	for _, item := range set.Items {
		names := item.Names()
		isReported := slices.ContainsFunc(names, func(o report.Object) bool { return reported[o] })
		if !item.Gone && !item.Added && len(names) > 0 && !isReported {
			others.Items = append(others.Items, item)
		}
	}
	for _, f := range audit.Of(others, nil).Warnings() {
		set.Report.Add(f)
	}
}
