package verify

import (
	"context"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// keepNewest keeps the pods of the newest template that run or wait. If there is none, it keeps those that are
// terminating or have ended: they tell why. A bare pod is kept in any case.
func (s *Subject) keepNewest(ctx context.Context, all []*corev1.Pod) (err error) {
	var here, gone []*corev1.Pod
	for _, p := range all {
		if s.Workload.Kind == "Pod" || p.DeletionTimestamp == nil && !hasEnded(p) {
			here = append(here, p)
		} else {
			gone = append(gone, p)
		}
	}
	s.gone = nil
	if s.pods, err = s.newestOf(ctx, here); err != nil {
		return err
	}
	s.older = len(here) - len(s.pods)
	if len(s.pods) == 0 {
		s.gone, err = s.newestOf(ctx, gone)
	}
	return err
}

func hasEnded(p *corev1.Pod) bool {
	return p.Status.Phase == corev1.PodSucceeded || p.Status.Phase == corev1.PodFailed
}

// onlyGone returns the finding for a workload whose pods of the newest template are all terminating or have ended.
func (s *Subject) onlyGone(ctx context.Context) Finding {
	reason := s.endOf(ctx, s.gone[0])
	if why := s.whyNoPod(ctx); why != noReason {
		reason += "; " + why
	}
	return fail(s.hintOfReason(reason, s.gone[0].Name), "no pod of the newest template runs%s: pod %s %s", s.olderText(),
		s.gone[0].Name, reason)
}

// orItsLast says how the last pod of a Job ended, or that there is none yet.
func (s *Subject) orItsLast(ctx context.Context) string {
	if len(s.gone) == 0 {
		return " yet"
	}
	return " that runs: " + s.gone[0].Name + " " + s.endOf(ctx, s.gone[0])
}

// endOf says why a pod runs no longer.
func (s *Subject) endOf(ctx context.Context, p *corev1.Pod) string {
	switch {
	case p.DeletionTimestamp != nil && len(p.Finalizers) > 0:
		return "is being deleted, and waits for " + strings.Join(p.Finalizers, ", ")
	case p.DeletionTimestamp != nil:
		return "is being deleted"
	case p.Status.Phase == corev1.PodSucceeded:
		return "has completed"
	}
	return "has failed: " + s.complaints(ctx, p)
}
