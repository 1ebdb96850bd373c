package verify

import (
	"context"

	corev1 "k8s.io/api/core/v1"
)

// Subject is one workload, and one of its pods, to look at.
type Subject struct {
	*run
	Workload *Workload
	Pod      *corev1.Pod     // nil where none runs
	Spec     *corev1.PodSpec // of the pod, else of the template
	engineOf
	First bool // of the pods of the workload that are looked at

	manifest    *Manifest     // what -f says of it; nil where it is not there
	missing     bool          // it is in -f, and not in the cluster
	pods        []*corev1.Pod // without those on their way out, the newest first
	podsErr     error
	cleanups    []*cleanup
	cleanupsErr error

	info       *dockerInfo // of the daemon, once it was asked
	image      *nestedImage
	containers int                   // that were started in the daemon
	jobs       []string              // that were made
	canaries   map[string]*canaryRun // by what their client does after its work
}

func (s *Subject) namespace() string { return s.Workload.Namespace }

// in runs a command in a container of the pod.
func (s *Subject) in(ctx context.Context, container string, args ...string) (Output, error) {
	return s.Exec(ctx, Command{Namespace: s.Pod.Namespace, Pod: s.Pod.Name, Container: container, Args: args})
}

// inDaemon runs a command in the daemon's container.
func (s *Subject) inDaemon(ctx context.Context, args ...string) (Output, error) {
	return s.in(ctx, s.Daemon.Name, args...)
}

// volume is a volume of the pod by its name.
func (s *Subject) volume(name string) *corev1.Volume {
	for i := range s.Spec.Volumes {
		if s.Spec.Volumes[i].Name == name {
			return &s.Spec.Volumes[i]
		}
	}
	return nil
}

// converted says whether dindify made the daemon.
func (s *Subject) converted() bool { return s.Workload.Annotations[journalAnnotation] != "" }

const (
	journalAnnotation = "dindify.dev/journal"
	servesAnnotation  = "dindify.dev/serves"
	targetAnnotation  = "dindify.dev/target" // of a job's pod: the name in the place of targetVariable
	targetVariable    = "$(DINDIFY_TARGET)"
)
