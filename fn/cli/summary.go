package cli

import (
	"fmt"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// outcomes maps ids of findings to the outcome of an object in the summary.
var outcomes = map[string]string{
	report.DaemonAdded:      "now has its own Docker daemon",
	report.CleanupRewritten: "prunes the daemon in the pod",
	report.Reverted:         "was reverted to the original",
	report.GeneratedRemoved: "removed",
	report.JournalMissing:   "lost its Docker daemon, and is not the original",
}

// printSummary prints a line per converted or reverted object, with the number of its findings. A conversion that is
// carried out again and results in the same text has changed nothing.
func (v *fileVerb) printSummary(r result) {
	if !changed(r.files, r.texts) {
		v.note("nothing was changed%s", v.whyUnchanged(r))
		return
	}
	var objects []report.Object
	changes, outcome := map[report.Object]int{}, map[report.Object]string{}
	for _, f := range r.All() {
		if f.Severity != report.Info {
			continue
		}
		changes[f.Object]++
		if what := r.outcome(f); what != "" && outcome[f.Object] == "" {
			objects, outcome[f.Object] = append(objects, f.Object), what
		}
	}
	for _, o := range objects {
		v.note("%s %s (%s)", o, outcome[o], counted(changes[o]))
	}
}

// outcome returns what a finding says of its object, or "".
func (r result) outcome(f *report.Finding) string {
	isConversion := f.ID == report.DaemonAdded || f.ID == report.CleanupRewritten
	if isConversion && slices.Contains(r.reverted, f.Object) {
		return "was converted before, and follows the configuration again"
	}
	return outcomes[f.ID]
}

func counted(changes int) string {
	if changes == 1 {
		return "1 result; -v prints it"
	}
	return fmt.Sprintf("%d results; -v prints them", changes)
}

// whyUnchanged returns the reason for a run that changed nothing, to append to that statement; "" if findings give it.
func (v *fileVerb) whyUnchanged(r result) string {
	spec, _ := v.load()
	switch {
	case len(r.reverted) > 0:
		return ": the input was converted before, with the same result"
	case len(r.All()) > 0:
		return ""
	case objectsIn(itemsOf(r.files)) == 0:
		return ": the input has no Kubernetes objects"
	case spec.Mode == config.DooD:
		return ": no object in the input has a conversion to revert"
	}
	return ": no workload in the input mounts the node's Docker socket"
}

// isNoManifest reports whether the input has documents, but no object, such as the message of a program that failed.
func (r result) isNoManifest() bool {
	items := itemsOf(r.files)
	return objectsIn(items) == 0 && slices.ContainsFunc(items, func(item *kube.Item) (hasContent bool) {
		item.Document().View(func(root *yaml.Node) { hasContent = root != nil })
		return hasContent
	})
}
