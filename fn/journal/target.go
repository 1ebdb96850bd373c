package journal

import (
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// The workload that a clean-up's job cleans, where its commands name it by a variable. kustomize changes names of
// objects in an annotation for which it has a nameReference, and never a part of a command.
const (
	// TargetAnnotation of the job's pod template holds the workload's name.
	TargetAnnotation = "dindify.dev/target"
	// TargetVariable of the job's containers has the annotation's value.
	TargetVariable = "DINDIFY_TARGET"
)

// Target is what a word of a command names, with the name in the place of the variable. Template is the pod's.
func Target(word string, template kube.Field) string {
	return strings.ReplaceAll(word, "$("+TargetVariable+")", template.Text("metadata", "annotations", TargetAnnotation))
}
