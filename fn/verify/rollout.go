package verify

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// waitForPods reads the workload and its pods until its newest template runs, or the time of --wait is over, which all
// workloads of a run share. It leaves the pods to check: those of the newest template that are not terminating, the
// newest first.
func (r *run) waitForPods(ctx context.Context, s *Subject) error {
	if s.missing || s.unread != "" {
		return nil
	}
	for {
		all, err := r.podsOf(ctx, s.Workload)
		if err == nil {
			err = s.keepNewest(ctx, all)
		}
		s.podsErr = err
		if err != nil || s.ready() || s.Workload.over || !time.Now().Before(r.patience) {
			return ctx.Err()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pollInterval):
		}
		if live, err := r.readAgain(ctx, s.Workload); err == nil {
			s.Workload = live
		}
	}
}

// ready reports whether the rollout is complete and every pod is ready. What completes has no rollout: if it has no
// pod, its controller makes the next one.
func (s *Subject) ready() bool {
	w := s.Workload
	expected := len(s.pods) > 0 || w.rollout.wanted == 0
	complete := w.completes() || expected && (w.Kind == "Pod" || w.rollout.complete())
	return complete && !slices.ContainsFunc(s.pods, func(p *corev1.Pod) bool { return !isReady(p) })
}

// running reports whether there is a pod whose daemon runs.
func (s *Subject) running() bool {
	if s.Pod == nil {
		return false
	}
	status := statusOf(s.Pod, s.Daemon.Name)
	return status != nil && status.State.Running != nil
}

// podsOf returns the pods of a workload, the newest first.
func (r *run) podsOf(ctx context.Context, w *Workload) ([]*corev1.Pod, error) {
	query := []string{"labelSelector", metav1.FormatLabelSelector(w.Selector)}
	switch w.Kind {
	case "Pod":
		query = byName(w.Name)
	case "CronJob":
		jobs, err := r.jobsOf(ctx, w.Namespace, w.Name)
		if err != nil || len(jobs) == 0 {
			return nil, err
		}
		query[1] = "job-name=" + jobs[0].Name
	}
	var found corev1.PodList
	if err := r.Get(ctx, withQuery(core(w.Namespace, "pods"), query...), &found); err != nil {
		return nil, err
	}
	var pods []*corev1.Pod
	for i := range found.Items {
		pods = append(pods, &found.Items[i])
	}
	slices.SortStableFunc(pods, func(a, b *corev1.Pod) int {
		return cmp.Or(b.CreationTimestamp.Compare(a.CreationTimestamp.Time), cmp.Compare(a.Name, b.Name))
	})
	return pods, nil
}

func isReady(p *corev1.Pod) bool {
	return slices.ContainsFunc(p.Status.Conditions, func(c corev1.PodCondition) bool {
		return c.Type == corev1.PodReady && c.Status == corev1.ConditionTrue
	})
}

func statusesOf(p *corev1.Pod) []corev1.ContainerStatus {
	return slices.Concat(p.Status.InitContainerStatuses, p.Status.ContainerStatuses)
}

func statusOf(p *corev1.Pod, container string) *corev1.ContainerStatus {
	for _, s := range statusesOf(p) {
		if s.Name == container {
			return &s
		}
	}
	return nil
}

// rollout checks whether the running pods are those of the applied template.
func rollout(ctx context.Context, s *Subject) Finding {
	w := s.Workload
	state := w.rollout
	switch {
	case s.unread != "":
		return unknown("check what it makes, for example its ReplicaSets: kubectl dindify verify -n "+s.namespace(), "%s",
			s.unread)
	case s.missing:
		return fail("kubectl apply -f FILE", "%s is in the files of -f, and not in namespace %s", w, w.Namespace)
	case s.podsErr != nil:
		return blind(s.podsErr, "list pods, or the ReplicaSets that tell which are the newest")
	case w.completes() && len(s.pods) == 0:
		return s.withoutPod(ctx)
	case w.Kind == "Pod" && len(s.pods) == 0:
		return unknown("check the pod that replaces it", "%s is gone", w)
	case w.Kind == "Pod" && s.pods[0].Status.Phase == corev1.PodSucceeded:
		return ok("%s has completed", w)
	case len(s.pods) == 0 && state.wanted == 0:
		return unknown("scale it up, or use --canary", "%s is scaled to 0, so there is no pod to look into", w)
	case s.ready():
		return ok("%s; looked at %d of %d, one of each node", readyText(w, len(s.pods)), s.lookedAt(), len(s.pods))
	case len(s.gone) > 0:
		return s.onlyGone(ctx)
	case len(s.pods) == 0:
		return fail(s.describe(s.maker.kind+"/"+s.maker.name), "no pod of the newest template was made%s: %s",
			s.olderText(), s.whyNoPod(ctx))
	}
	return s.incomplete(ctx)
}

// incomplete returns the finding for pods that are not ready, or a rollout that is not complete.
func (s *Subject) incomplete(ctx context.Context) Finding {
	w := s.Workload
	progress, versioned := "", w.Kind != "Pod" && !w.completes()
	if versioned && w.rollout.observed && w.rollout.updated < w.rollout.wanted {
		progress = fmt.Sprintf("; %d of %d pods are of the newest template", w.rollout.updated, w.rollout.wanted)
	}
	i := slices.IndexFunc(s.pods, func(p *corev1.Pod) bool { return !isReady(p) })
	if i < 0 {
		return fail("kubectl rollout status says more", "the pods of the newest template are ready, but the rollout is "+
			"not complete%s%s: %s", s.olderText(), progress, s.whyNoPod(ctx))
	}
	reason := s.complaints(ctx, s.pods[i])
	return fail(s.hintOfReason(reason, s.pods[i].Name), "pod %s is not ready: %s%s", s.pods[i].Name, reason, progress)
}

// olderText counts the pods of older templates, at which no check looks.
func (s *Subject) olderText() string {
	if s.older == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d of an older one still there)", s.older)
}

func readyText(w *Workload, pods int) string {
	if w.Kind == "Pod" || w.completes() {
		return "the pod is ready"
	}
	return fmt.Sprintf("%d of %d pods are ready, all of the newest template", w.rollout.ready, pods)
}

func (s *Subject) lookedAt() int {
	nodes := map[string]bool{}
	for _, p := range s.pods {
		nodes[p.Spec.NodeName] = true
	}
	return len(nodes)
}

// hintOfReason has the hint for each reason why a pod is not ready that users commonly report.
func (s *Subject) hintOfReason(reason, pod string) string {
	switch {
	case strings.Contains(reason, s.daemonName()+" waits: ImagePull"),
		strings.Contains(reason, s.daemonName()+" waits: ErrImage"):
		return "set spec.daemon.image to an image that the nodes can pull"
	case strings.Contains(reason, "ImagePull"), strings.Contains(reason, "ErrImage"):
		return s.describe("Pod/" + pod)
	case strings.Contains(reason, "ephemeral-storage"):
		return "the daemon's data filled the node's disk: set spec.daemon.storage, and look at the checks of the clean-up"
	case strings.Contains(reason, "PodInitializing"), strings.Contains(reason, "Startup probe"):
		return "read the daemon's log: kubectl logs -n " + s.namespace() + " " + pod + " -c " + s.daemonName()
	case strings.Contains(reason, "Insufficient"):
		return "lower spec.daemon.resources, or add a node"
	}
	return s.describe("Pod/" + pod)
}

func (s *Subject) describe(object string) string {
	return "kubectl describe -n " + s.namespace() + " " + object + " says more"
}

func (s *Subject) daemonName() string {
	if s.Daemon == nil {
		return "CONTAINER"
	}
	return s.Daemon.Name
}

// complaints returns why containers of the pod wait, how they ended, and the cluster's warnings.
func (s *Subject) complaints(ctx context.Context, pod *corev1.Pod) string {
	var all []string
	if pod.Status.Reason != "" { // such as Evicted
		all = append(all, strings.TrimSuffix(pod.Status.Reason+": "+firstLine(pod.Status.Message), ": "))
	}
	for _, c := range pod.Status.Conditions {
		if c.Type == corev1.PodScheduled && c.Status != corev1.ConditionTrue && c.Message != "" {
			all = append(all, c.Message)
		}
	}
	for _, status := range statusesOf(pod) {
		if w := status.State.Waiting; w != nil && w.Reason != "" {
			all = append(all, strings.TrimSpace(status.Name+" waits: "+w.Reason+" "+firstLine(w.Message)))
		}
		if ended := status.State.Terminated; ended != nil && ended.ExitCode != 0 {
			all = append(all, strings.TrimSpace(fmt.Sprintf("%s ended with %d (%s) %s", status.Name, ended.ExitCode,
				ended.Reason, s.lastLog(ctx, pod.Name, status.Name))))
		}
		if last := status.LastTerminationState.Terminated; last != nil {
			line := fmt.Sprintf("%s ended with %d (%s)", status.Name, last.ExitCode, last.Reason)
			if log := s.lastLogBeforeRestart(ctx, pod.Name, status.Name); log != "" {
				line += ": " + log
			}
			all = append(all, line)
		}
	}
	all = append(all, s.warnings(ctx, objectRef{"Pod", pod.Name, pod.UID})...)
	if len(all) == 0 {
		return "no reason is given"
	}
	return strings.Join(slices.Compact(all), "; ")
}
