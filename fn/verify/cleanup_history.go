package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// jobsOf returns the Jobs of a CronJob, the newest first.
func (r *run) jobsOf(ctx context.Context, namespace, cronJob string) ([]batchv1.Job, error) {
	var found batchv1.JobList
	if err := r.Get(ctx, group("batch/v1", namespace, "jobs"), &found); err != nil {
		return nil, err
	}
	jobs := slices.DeleteFunc(found.Items, func(j batchv1.Job) bool {
		return !slices.ContainsFunc(j.OwnerReferences, func(o metav1.OwnerReference) bool {
			return o.Kind == "CronJob" &&
				o.Name == cronJob
		})
	})
	slices.SortStableFunc(jobs, func(a, b batchv1.Job) int {
		return b.CreationTimestamp.Compare(
			a.CreationTimestamp.Time)
	})
	return jobs, nil
}

// silent lists the last log lines of clean-ups that succeed without cleaning.
var silent = []string{"No OpenHands pod found", "no pod found", "not found", "No resources found"}

// cleanupHistory checks the last run of the clean-up.
func cleanupHistory(ctx context.Context, s *Subject) Finding {
	if f, none := s.noCleanup(); none {
		return f
	}
	c := s.cleanups[0]
	jobs, err := s.jobsOf(ctx, s.namespace(), c.job.Name)
	if err != nil {
		return blind(err, "list jobs")
	}
	if len(jobs) == 0 {
		return historyByStatus(s.namespace(), c.job.Name, schedule{
			c.job.Status.LastScheduleTime, c.job.Status.LastSuccessfulTime, c.job.Spec.Suspend != nil && *c.job.Spec.Suspend,
		})
	}
	newest := &jobs[0]
	log := s.endOfJob(ctx, newest.Name)
	switch {
	case jobCondition(newest, batchv1.JobFailed):
		return fail("kubectl logs job/"+newest.Name, "the last clean-up (%s) failed: %s", newest.Name, log)
	case jobCondition(newest, batchv1.JobComplete) && saysNothingDone(log):
		return fail("let the job fail when it finds nothing: dindify convert writes one that does",
			"the last clean-up (%s) succeeded and cleaned nothing: %s", newest.Name, log)
	case jobCondition(newest, batchv1.JobComplete):
		return ok("the last clean-up (%s) succeeded%s", newest.Name, inParentheses(log))
	}
	return unknown("wait for it", "the clean-up %s runs now", newest.Name)
}

// schedule is when a CronJob last started a Job, and when one last succeeded; nil: never.
type schedule struct {
	started, succeeded *metav1.Time
	suspended          bool
}

// historyByStatus handles a CronJob without a Job: it has not run yet, or its Jobs were deleted, for example by
// ttlSecondsAfterFinished. lastScheduleTime and lastSuccessfulTime remain (batch/v1, CronJobStatus).
func historyByStatus(namespace, name string, of schedule) Finding {
	runOne := "kubectl create job -n " + namespace + " --from=cronjob/" + name + " " + name + "-now"
	switch {
	case of.succeeded != nil && (of.started == nil || !of.succeeded.Before(of.started)):
		return ok("CronJob %s last succeeded at %s", name, minute(of.succeeded))
	case of.started != nil:
		return fail("raise spec.jobTemplate.spec.ttlSecondsAfterFinished, or remove it, so that the next log stays; "+runOne+
			" runs one",
			"CronJob %s ran at %s and did not succeed; its Job and log are gone", name, minute(of.started)).inferred()
	case of.suspended:
		return unknown(runOne+" runs one; or use --canary", "CronJob %s is suspended and has not run yet", name)
	}
	return unknown(runOne+" runs one; or use --canary", "CronJob %s has not run yet", name)
}

func minute(t *metav1.Time) string { return t.UTC().Format("2006-01-02 15:04") }

func inParentheses(s string) string {
	if s == "" {
		return ""
	}
	return fmt.Sprintf(" (%s)", s)
}

func saysNothingDone(log string) bool {
	return slices.ContainsFunc(silent, func(s string) bool {
		return strings.Contains(strings.ToLower(log),
			strings.ToLower(s))
	})
}

func jobCondition(j *batchv1.Job, t batchv1.JobConditionType) bool {
	return slices.ContainsFunc(j.Status.Conditions, func(c batchv1.JobCondition) bool {
		return c.Type == t && c.Status == corev1.ConditionTrue
	})
}

func (s *Subject) podsOfJob(ctx context.Context, job string) ([]corev1.Pod, error) {
	var found corev1.PodList
	err := s.Get(ctx, withQuery(core(s.namespace(), "pods"), "labelSelector", "job-name="+job), &found)
	slices.SortStableFunc(found.Items, func(a, b corev1.Pod) int {
		return b.CreationTimestamp.Compare(
			a.CreationTimestamp.Time)
	})
	return found.Items, err
}
