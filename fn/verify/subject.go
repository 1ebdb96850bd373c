package verify

import (
	"context"
	"errors"

	corev1 "k8s.io/api/core/v1"

	"github.com/boxp/dindify/fn/journal"
)

// Subject is a workload to check, and one of its pods.
type Subject struct {
	*run
	Workload *Workload
	Pod      *corev1.Pod     // nil if none runs
	Spec     *corev1.PodSpec // of the pod, or else of the template
	engineOf
	First bool // the first of the workload's pods that are checked

	manifest    *Manifest     // from -f; nil if it is not in the files
	missing     bool          // it is in -f, but not in the cluster
	unread      string        // why the object in the cluster is not read; "" if it is
	pods        []*corev1.Pod // those of the newest template that run or wait, the newest first
	gone        []*corev1.Pod // if there is none: those that are terminating or have ended
	older       int           // number of the others, of older templates
	maker       objectRef     // the object that makes the pods of the newest template
	podsErr     error
	cleanups    []*cleanup
	strays      []*cleanup // those of other workloads of the kind
	cleanupsErr error

	silence    silence
	info       *dockerInfo // of the daemon, after the first request
	image      *nestedImage
	containers int                   // started in the daemon
	jobs       []string              // created by the run
	canaries   map[string]*canaryRun // by what their client does after its work
}

func (s *Subject) namespace() string { return s.Workload.Namespace }

// in runs a command that only reads in a container of the pod. It waits for a short time, and not again for what did
// not answer.
func (s *Subject) in(ctx context.Context, container string, args ...string) (Output, error) {
	if s.silence.expected(container, args[0]) {
		return Output{}, errNoAnswer
	}
	limited, stop := context.WithTimeout(ctx, readPatience)
	defer stop()
	out, err := s.Exec(limited, s.command(container, args))
	silent := errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil
	s.silence.note(container, args[0], silent)
	if silent {
		return Output{}, errNoAnswer
	}
	return out, err
}

func (s *Subject) command(container string, args []string) Command {
	return Command{Namespace: s.Pod.Namespace, Pod: s.Pod.Name, Container: container, Args: args}
}

// inDaemon runs a command that only reads in the daemon's container.
func (s *Subject) inDaemon(ctx context.Context, args ...string) (Output, error) {
	return s.in(ctx, s.Daemon.Name, args...)
}

// workInDaemon runs a command that may take minutes in the daemon's container.
func (s *Subject) workInDaemon(ctx context.Context, args ...string) (Output, error) {
	if s.silence.expected(s.Daemon.Name, args[0]) {
		return Output{}, errNoAnswer
	}
	return s.Exec(ctx, s.command(s.Daemon.Name, args))
}

// volume returns a volume of the pod by its name.
func (s *Subject) volume(name string) *corev1.Volume {
	for i := range s.Spec.Volumes {
		if s.Spec.Volumes[i].Name == name {
			return &s.Spec.Volumes[i]
		}
	}
	return nil
}

// converted reports whether dindify added the daemon.
func (s *Subject) converted() bool { return s.Workload.Annotations[journal.Annotation] != "" }
