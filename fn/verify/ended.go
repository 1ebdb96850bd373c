package verify

import (
	"cmp"
	"context"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
)

// withoutPod returns the finding for a Job or a CronJob that has no pod which runs or waits: how its last run ended.
func (s *Subject) withoutPod(ctx context.Context) Finding {
	w := s.Workload
	switch {
	case w.Kind == "CronJob":
		return s.lastRun(ctx)
	case w.failure != "":
		return fail("kubectl logs says more, if its pods are still there", "%s failed: %s", w, firstLine(w.failure))
	case w.over:
		return ok("%s has completed", w)
	case w.Suspended:
		return unknown("resume it: kubectl patch -n "+w.Namespace+" job "+w.Name+` -p '{"spec":{"suspend":false}}'`,
			"%s is suspended, so there is no pod to look into", w)
	}
	return unknown(s.describe("Job/"+w.Name), "%s has no pod%s", w, s.orItsLast(ctx))
}

// lastRun returns the finding for a CronJob: the end of its newest Job.
func (s *Subject) lastRun(ctx context.Context) Finding {
	w := s.Workload
	jobs, err := s.jobsOf(ctx, w.Namespace, w.Name)
	if err != nil {
		return blind(err, "list jobs")
	}
	if len(jobs) == 0 {
		return historyByStatus(w.Namespace, w.Name, w.schedule)
	}
	newest := &jobs[0]
	switch {
	case jobCondition(newest, batchv1.JobFailed):
		return fail("kubectl logs -n "+w.Namespace+" job/"+newest.Name+" says more, if its pods are still there",
			"the newest Job %s failed: %s: %s", newest.Name, jobMessage(newest), s.endOfJob(ctx, newest.Name))
	case jobCondition(newest, batchv1.JobComplete):
		return ok("the newest Job %s has completed", newest.Name)
	}
	return unknown(s.describe("Job/"+newest.Name), "the newest Job %s has no pod%s", newest.Name, s.orItsLast(ctx))
}

// jobMessage returns why a Job failed, by its condition.
func jobMessage(j *batchv1.Job) string {
	for _, c := range j.Status.Conditions {
		if c.Type == batchv1.JobFailed && c.Status == corev1.ConditionTrue {
			return firstLine(cmp.Or(c.Message, c.Reason, "no reason is given"))
		}
	}
	return ""
}
