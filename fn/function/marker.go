package function

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/fn/runtime/runtimeutil"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// MarkerAnnotation with the value "true" on a functionConfig makes the function add an object that shows that it ran.
// The component that lists the function deletes that object again, and kustomize fails if there is nothing to delete.
// So a build fails if kustomize silently skips the function, and kustomize prints the object's name.
const MarkerAnnotation = "dindify.dev/marker"

// MarkerKind is the kind of that object.
const MarkerKind = "DinDRan"

const marker = `apiVersion: dindify.dev/v1alpha1
kind: ` + MarkerKind + `
metadata:
  name: "dindify did not run: build with --enable-alpha-plugins --enable-exec"
`

// withMarker adds the marker that the functionConfig asks for. Only kustomize gets one: kpt would write it to a file.
func withMarker(items []*kube.Item, functionConfig *yaml.Node) ([]*kube.Item, error) {
	if !asksForMarker(functionConfig) || !isKustomize(items) {
		return items, nil
	}
	item, err := kube.ReadItem(marker)
	if err != nil {
		return nil, err
	}
	item.Added = true
	return append(items, item), nil
}

func asksForMarker(functionConfig *yaml.Node) bool {
	return yamldoc.Text(functionConfig, "metadata", "annotations", MarkerAnnotation) == "true"
}

// warnOfNoMarker warns if kustomize can skip the function silently: a program without --enable-exec, not an image.
func warnOfNoMarker(rep *report.Report, items []*kube.Item, functionConfig *yaml.Node) {
	if rep.Failed() || asksForMarker(functionConfig) || !isKustomize(items) ||
		yamldoc.Text(functionConfig, "metadata", "annotations", CommandLineAnnotation) != "" {
		return
	}
	spec, err := runtimeutil.GetFunctionSpec(yaml.NewRNode(functionConfig))
	converts := slices.ContainsFunc(rep.All(), func(f *report.Finding) bool { return f.ID == report.DaemonAdded })
	if err != nil || spec == nil || spec.Exec.Path == "" || !converts {
		return
	}
	rep.Add(report.Finding{Severity: report.Warning, Reason: report.Because(report.NotClosed, "the functionConfig has no "+
		"annotation %s: without --enable-exec, kustomize skips the function and prints the unconverted workloads; list the "+
		"function in a component as dindify init writes it", MarkerAnnotation)})
}

// isKustomize reports whether kustomize is the caller: only kustomize adds an id annotation to its input.
func isKustomize(items []*kube.Item) bool {
	return len(items) > 0 && strings.Contains(items[0].Document().Text(), kube.KustomizeIDAnnotation)
}
