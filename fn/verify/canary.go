package verify

import (
	"cmp"
	"context"
	"strings"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// canaryRun is a Job with a copy of the pod.
type canaryRun struct {
	job     string
	pod     *corev1.Pod
	log     string
	problem *Finding // why it has not reached this step
}

// createJob creates a Job that the cluster ends and deletes if the run cannot.
func (s *Subject) createJob(ctx context.Context, name string, spec corev1.PodSpec) error {
	retries, minute, deadline := int32(0), int32(60), int64(jobDeadline.Seconds())
	if spec.RestartPolicy == corev1.RestartPolicyOnFailure {
		retries = 6 // a container's restarts count as retries
	}
	labels := map[string]string{verifyLabel: s.id}
	job := &batchv1.Job{
		TypeMeta:   metav1.TypeMeta{APIVersion: "batch/v1", Kind: "Job"},
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: s.namespace(), Labels: labels},
		Spec: batchv1.JobSpec{
			BackoffLimit: &retries, TTLSecondsAfterFinished: &minute, ActiveDeadlineSeconds: &deadline,
			Template: corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: labels}, Spec: spec},
		},
	}
	if err := s.Create(ctx, group("batch/v1", s.namespace(), "jobs"), job, nil); err != nil {
		return err
	}
	s.jobs = append(s.jobs, name)
	return nil
}

func (s *Subject) jobName(what string) string { return "dindify-verify-" + what + "-" + s.id }

// start creates the copy and waits until its client has ended or waits for commands. Later checks use the same result.
func (s *Subject) start(ctx context.Context, then string) *canaryRun {
	if c := s.canaries[then]; c != nil {
		return c
	}
	c := &canaryRun{job: s.jobName(then)}
	if s.canaries == nil {
		s.canaries = map[string]*canaryRun{}
	}
	s.canaries[then] = c
	stop := func(f Finding) *canaryRun {
		c.problem = &f
		return c
	}
	spec := s.copyOfPod(then)
	if then == "hold" {
		spec.RestartPolicy = corev1.RestartPolicyOnFailure // a daemon that is not a sidecar is restarted too
	}
	if err := s.createJob(ctx, c.job, spec); err != nil {
		return stop(blind(err, "make the Job %s", c.job))
	}
	client := s.clientOfCopy()
	var unread error
	for end := time.Now().Add(canaryPatience); ; {
		pods, err := s.podsOfJob(ctx, c.job)
		unread = err
		if err == nil && len(pods) > 0 {
			c.pod = &pods[0]
			c.log = s.wholeLog(ctx, c.pod.Name, client)
			status := statusOf(c.pod, client)
			ended := status != nil && status.State.Terminated != nil || c.pod.Status.Phase == corev1.PodFailed
			if ended || strings.Contains(c.log, "dindify: holds") {
				return c
			}
		}
		if !time.Now().Before(end) || !pause(ctx) {
			break
		}
	}
	switch {
	case unread != nil:
		return stop(blind(unread, "list the pods of the Job %s", c.job))
	case c.pod == nil:
		return stop(fail(s.describe("Job/"+c.job), "no pod was made for the Job %s: %s", c.job,
			cmp.Or(strings.Join(s.warnings(ctx, objectRef{kind: "Job", name: c.job}), "; "), noReason)))
	}
	return stop(fail("kubectl describe pod "+c.pod.Name, "the copy of the pod does not start: %s",
		s.complaints(ctx, c.pod)))
}

// pause waits a moment; it returns false if the run is interrupted.
func pause(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pollInterval):
		return true
	}
}

// clientOfCopy is the name of the container that replaces the client.
func (s *Subject) clientOfCopy() string {
	if e := findEngine(&s.Workload.Template.Spec); len(e.Clients) > 0 {
		return e.Clients[0].Name
	}
	return "client"
}

// wholeLog returns a container's log, or "" if there is none yet.
func (s *Subject) wholeLog(ctx context.Context, pod, container string) string {
	var raw []byte
	if err := s.Get(ctx, withQuery(core(s.namespace(), "pods", pod, "log"), "container", container), &raw); err != nil {
		return ""
	}
	return string(raw)
}

// canaryUser checks whether the client of the copy ran a container, as the user that the manifest names, or else as
// uid 1000.
func canaryUser(ctx context.Context, s *Subject) Finding {
	c := s.start(ctx, "end")
	if c.problem != nil {
		return *c.problem
	}
	who := lineWith(c.log, "reaches Docker")
	switch {
	case strings.Contains(c.log, "dindify: a nested container ran"):
		return ok("in a copy of the pod, %s, and runs a container", who)
	case who == "":
		return fail(hintOfProblem(c.log), "in a copy of the pod the client does not reach the daemon: %s",
			lastLine(c.log))
	}
	return fail("kubectl logs -c "+s.Daemon.Name+" of the workload's own pod may say why",
		"in a copy of the pod, %s, and runs no container: %s", who, lastLine(c.log))
}

func lineWith(log, text string) string {
	for line := range strings.Lines(log) {
		if strings.Contains(line, text) {
			return strings.TrimPrefix(strings.TrimSpace(line), "dindify: ")
		}
	}
	return ""
}

// canaryJob checks whether a Job of the pod completes after its client has ended.
func canaryJob(ctx context.Context, s *Subject) Finding {
	c := s.start(ctx, "end")
	if c.problem != nil {
		return *c.problem
	}
	for end := time.Now().Add(canaryGrace); ; {
		job, err := s.getJob(ctx, c.job)
		switch {
		case err != nil:
			return blind(err, "read the Job %s", c.job)
		case jobCondition(job, batchv1.JobComplete):
			return ok("a Job of the pod completes")
		case jobCondition(job, batchv1.JobFailed):
			return unknown("canary-user says why", "the Job failed, so whether it would complete is not seen")
		case !time.Now().Before(end) || !pause(ctx):
			return fail("set spec.daemon.startup: Sidecar",
				"the client has ended and the Job does not complete: its daemon runs on")
		}
	}
}

func (s *Subject) getJob(ctx context.Context, name string) (*batchv1.Job, error) {
	job := &batchv1.Job{}
	return job, s.Get(ctx, group("batch/v1", s.namespace(), "jobs", name), job)
}

// canaryDelete deletes a running copy, and measures how long its pod takes to terminate.
func canaryDelete(ctx context.Context, s *Subject) Finding {
	c := s.start(ctx, "hold")
	if c.problem != nil {
		return *c.problem
	}
	grace := 30 * time.Second
	if g := c.pod.Spec.TerminationGracePeriodSeconds; g != nil {
		grace = time.Duration(*g) * time.Second
	}
	began := time.Now()
	if err := s.Delete(ctx, group("batch/v1", s.namespace(), "jobs", c.job)); err != nil {
		return blind(err, "delete the Job %s", c.job)
	}
	for end := began.Add(grace + canaryGrace); ; {
		var raw []byte
		err := s.Get(ctx, core(s.namespace(), "pods", c.pod.Name), &raw)
		took := time.Since(began)
		switch {
		case notFound(err) && took <= grace+kubeletSlack:
			return ok("a deleted pod is gone after %.0f s, with a grace period of %.0f s", took.Seconds(),
				grace.Seconds())
		case notFound(err):
			return fail("raise spec.template.spec.terminationGracePeriodSeconds",
				"a deleted pod is gone only after %.0f s, with a grace period of %.0f s", took.Seconds(),
				grace.Seconds())
		case err != nil && !notFound(err):
			return blind(err, "read pod %s", c.pod.Name)
		case !time.Now().Before(end) || !pause(ctx):
			return fail("look at the node: a mount or a process of the daemon may hang; kubectl get events -n "+
				s.namespace()+" says more",
				"a deleted pod is still there after %.0f s, with a grace period of %.0f s", took.Seconds(),
				grace.Seconds())
		}
	}
}
