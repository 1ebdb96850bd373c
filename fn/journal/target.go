package journal

import (
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// The workload of a clean-up job, for commands that name it by a variable. kustomize renames objects in an annotation
// for which it has a nameReference, but never within a command.
const (
	// TargetAnnotation on the job's pod template holds the workload's name.
	TargetAnnotation = "dindify.dev/target"
	// TargetVariable of the job's containers has the annotation's value.
	TargetVariable = "DINDIFY_TARGET"
)

// Target returns the target that a word of a command names, with the variable replaced. template is that of the job's
// pod.
func Target(word string, template kube.Field) string {
	return ReplaceTarget(word, template.Text("metadata", "annotations", TargetAnnotation))
}

// ReplaceTarget returns a word of a command with the variable replaced by the workload's name.
func ReplaceTarget(word, name string) string {
	return strings.ReplaceAll(word, "$("+TargetVariable+")", name)
}
