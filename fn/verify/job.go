package verify

import (
	"cmp"
	"context"
	"strings"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
)

// runJob creates a Job and waits for its end. The problem says why there is none.
func (s *Subject) runJob(ctx context.Context, name string, spec corev1.PodSpec) (succeeded bool, log string,
	problem *Finding,
) {
	if err := s.createJob(ctx, name, spec); err != nil {
		f := blind(err, "make the Job %s", name)
		return false, "", &f
	}
	for end := time.Now().Add(canaryPatience); ; {
		job, err := s.getJob(ctx, name)
		if err != nil {
			f := blind(err, "read the Job %s", name)
			return false, "", &f
		}
		if jobCondition(job, batchv1.JobComplete) || jobCondition(job, batchv1.JobFailed) {
			return jobCondition(job, batchv1.JobComplete), s.endOfJob(ctx, name), nil
		}
		if reason := s.cannotStart(ctx, name); reason != "" {
			return false, reason, nil
		}
		if !time.Now().Before(end) || !pause(ctx) {
			f := unknown("kubectl get events -n "+s.namespace()+" says more", "the Job did not end within %s: %s",
				canaryPatience, s.endOfJob(ctx, name))
			return false, "", &f
		}
	}
}

// endOfJob returns the last line that the Job's pod printed, or how its containers ended.
func (s *Subject) endOfJob(ctx context.Context, job string) string {
	pods, err := s.podsOfJob(ctx, job)
	if err != nil || len(pods) == 0 {
		return "its pod is gone"
	}
	pod := &pods[0]
	for _, status := range statusesOf(pod) {
		ended := status.State.Terminated
		if ended == nil || ended.ExitCode == 0 {
			continue
		}
		if line := s.lastLog(ctx, pod.Name, status.Name); line != "" {
			return line
		}
		return cmp.Or(firstLine(ended.Message), ended.Reason)
	}
	return cmp.Or(s.lastLog(ctx, pod.Name, pod.Spec.Containers[0].Name), "its log is gone")
}

// cannotStart returns why no container of a Job's pod can run, such as a program that the image does not have, or "".
func (s *Subject) cannotStart(ctx context.Context, job string) string {
	pods, err := s.podsOfJob(ctx, job)
	if err != nil || len(pods) == 0 {
		return ""
	}
	for _, status := range statusesOf(&pods[0]) {
		w := status.State.Waiting
		if w == nil {
			continue
		}
		for _, reason := range []string{
			"RunContainerError", "CreateContainerConfigError", "InvalidImageName",
			"ErrImageNeverPull", "CreateContainerError",
		} {
			if w.Reason == reason {
				return strings.TrimSpace(reason + " " + firstLine(w.Message))
			}
		}
	}
	return ""
}

func (r *run) getPodIn(ctx context.Context, namespace, name string) (*corev1.Pod, error) {
	pod := &corev1.Pod{}
	return pod, r.Get(ctx, core(namespace, "pods", name), pod)
}

func (s *Subject) getPod(ctx context.Context, name string) (*corev1.Pod, error) {
	return s.getPodIn(ctx, s.namespace(), name)
}
