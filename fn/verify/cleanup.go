package verify

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	authorizationv1 "k8s.io/api/authorization/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
)

// cleanup is a CronJob that cleans the daemon of a workload with kubectl exec.
type cleanup struct {
	job       *batchv1.CronJob
	container *corev1.Container // that has the command
	exec      execCommand       // zero if the command is a script that dindify does not write
}

func readCronJob(raw []byte) (*batchv1.CronJob, error) {
	job := &batchv1.CronJob{}
	return job, json.Unmarshal(raw, job)
}

// findCleanups reads the CronJobs of the namespace that clean a workload's daemon.
func (r *run) findCleanups(ctx context.Context, s *Subject) []*cleanup {
	var found list
	if s.cleanupsErr = r.Get(ctx, group("batch/v1", s.namespace(), "cronjobs"), &found); s.cleanupsErr != nil {
		return nil
	}
	return readCleanups(s, found.Items)
}

// cleanupsOf finds them in files.
func cleanupsOf(s *Subject, all []*Manifest) []*cleanup {
	var raw []json.RawMessage
	for _, m := range all {
		if m.Kind == "CronJob" && s.namespaceOf(m) == s.namespace() {
			raw = append(raw, m.Raw)
		}
	}
	return readCleanups(s, raw)
}

func readCleanups(s *Subject, raw []json.RawMessage) []*cleanup {
	var all []*cleanup
	for _, one := range raw {
		job, err := readCronJob(one)
		if err != nil || len(job.Spec.JobTemplate.Spec.Template.Spec.Containers) == 0 {
			continue
		}
		container := &job.Spec.JobTemplate.Spec.Template.Spec.Containers[0]
		line := slices.Concat(container.Command, container.Args)
		for i := range line {
			line[i] = journal.ReplaceTarget(line[i], job.Spec.JobTemplate.Spec.Template.Annotations[journal.TargetAnnotation])
		}
		exec, known := parseExec(line)
		switch serves := job.Annotations[kube.ServesAnnotation]; {
		case serves == s.Workload.String(), known && exec.targets(s.Workload):
		case serves == "" && !known && s.Daemon != nil && cleansByScript(line, s.Daemon.Name):
			exec = execCommand{}
		default:
			if known && exec.kind == s.Workload.Kind {
				s.strays = append(s.strays, &cleanup{job, container, exec})
			}
			continue
		}
		all = append(all, &cleanup{job, container, exec})
	}
	return all
}

// cleansByScript reports whether a script calls kubectl exec in the daemon's container.
func cleansByScript(line []string, daemon string) bool {
	text := strings.Join(line, " ")
	return strings.Contains(text, "kubectl") && strings.Contains(text, "exec") && strings.Contains(text, daemon)
}

// noCleanup returns the finding if there is no CronJob to check; ok is false if there is one.
func (s *Subject) noCleanup() (f Finding, ok bool) {
	switch {
	case s.cleanupsErr != nil:
		return blind(s.cleanupsErr, "list cronjobs"), true
	case len(s.cleanups) > 0:
		return f, false
	case s.Pruner != nil:
		return skip("its container %s cleans the daemon", s.Pruner.Name), true
	case s.Workload.completes() || s.Workload.Kind == "Pod":
		return skip("the daemon ends with its pod"), true
	}
	return skip("no CronJob cleans it"), true
}

// cleanupTarget checks whether the target in the clean-up's command exists.
func cleanupTarget(ctx context.Context, s *Subject) Finding {
	if f, none := s.noCleanup(); none {
		if s.cleanupsErr == nil && s.Pruner == nil && !s.Workload.completes() && s.Workload.Kind != "Pod" {
			return s.nothingCleans(ctx)
		}
		if s.Pruner != nil {
			return ok("the container %s cleans the daemon", s.Pruner.Name)
		}
		return f
	}
	for _, c := range s.cleanups {
		e, job := c.exec, c.job.Name
		switch {
		case c.job.Spec.Suspend != nil && *c.job.Spec.Suspend:
			return warn("set spec.suspend: false", "CronJob %s is suspended", job)
		case e.kind == "":
			continue // a script: its effect is visible only when it runs
		case !e.targets(s.Workload):
			return fail(prefixHint,
				"CronJob %s cleans %s/%s, and the workload is %s", job, e.kind, e.name, s.Workload)
		case e.namespace != "" && e.namespace != s.namespace():
			return fail("remove -n from the command: spec.jobTemplate.spec.template.spec.containers",
				"CronJob %s cleans namespace %s, and the workload is in %s", job, e.namespace, s.namespace())
		}
		if f, wrong := s.wrongContainer(c); wrong {
			return f
		}
	}
	c := s.cleanups[0]
	if c.exec.kind == "" {
		return unknown("use --canary: the check cleanup-works runs it",
			"CronJob %s is a script, so its target cannot be told", c.job.Name)
	}
	if n := s.Workload.rollout.wanted; n > 1 {
		return warn("set spec.cleanup.mode: Sidecar", "CronJob %s cleans one pod, and there are %d", c.job.Name, n)
	}
	return ok("CronJob %s (%s) cleans container %s of %s", c.job.Name, c.job.Spec.Schedule, s.Daemon.Name,
		s.Workload)
}

// prefixHint is the hint for a clean-up of another workload.
const prefixHint = "a name prefix of kustomize does not reach a command: add a replacement, or set " +
	"spec.cleanup.mode: Sidecar"

// nothingCleans returns the finding for a daemon without a clean-up. A CronJob whose target is not there was probably
// made for it, under an earlier name.
func (s *Subject) nothingCleans(ctx context.Context) Finding {
	for _, c := range s.strays {
		t := target{kindOf(c.exec.kind), c.exec.name}
		if s.manifestOf(t, s.namespace()) != nil {
			continue
		}
		if _, err := s.getWorkload(ctx, t.kind, s.namespace(), t.name); notFound(err) {
			return fail(prefixHint, "CronJob %s cleans %s, which is not there, and no CronJob cleans %s", c.job.Name, t,
				s.Workload)
		}
	}
	return warn("set spec.cleanup.mode: Auto",
		"nothing cleans the daemon's disk: no CronJob and no container of the pod")
}

// cleanupRights asks the API server for the rights of the clean-up's account.
func cleanupRights(ctx context.Context, s *Subject) Finding {
	if f, none := s.noCleanup(); none {
		return f
	}
	for _, c := range s.cleanups {
		account := cmp.Or(c.job.Spec.JobTemplate.Spec.Template.Spec.ServiceAccountName, "default")
		var denied []string
		for _, attributes := range s.neededBy(c) {
			allowed, err := s.accountMay(ctx, account, attributes)
			if err != nil {
				return blind(err, "ask what ServiceAccount %s may do", account)
			}
			if !allowed {
				denied = append(denied, attributes.Verb+" "+strings.TrimSuffix(attributes.Resource+"/"+attributes.Subresource, "/"))
			}
		}
		onlyGet := len(denied) == 1 && denied[0] == "get pods/exec"
		switch {
		case onlyGet:
			return warn("apply what dindify prints now: the Role has get and create",
				"ServiceAccount %s may create pods/exec and not get it: kubectl asks for get first, and each run leaves a 403 in "+
					"the audit log", account)
		case len(denied) > 0:
			return fail("apply the RoleBinding, with subjects[0].namespace: "+s.namespace()+"; kubectl get rolebindings -n "+
				s.namespace()+" -o wide shows those that are there",
				"ServiceAccount %s may not %s", account, strings.Join(denied, ", "))
		}
	}
	return ok("the account of CronJob %s may find the pod and exec into it", s.cleanups[0].job.Name)
}

// neededBy returns the rights that a clean-up's commands need.
func (s *Subject) neededBy(c *cleanup) []authorizationv1.ResourceAttributes {
	k := kindOf(s.Workload.Kind)
	needed := []authorizationv1.ResourceAttributes{
		{Verb: "list", Resource: "pods"},
		{Verb: "get", Resource: "pods"},
		{Verb: "create", Resource: "pods", Subresource: "exec"},
		{Verb: "get", Resource: "pods", Subresource: "exec"},
	}
	verbs := []string{"get"}
	for _, container := range c.job.Spec.JobTemplate.Spec.Template.Spec.InitContainers {
		if !slices.Contains(slices.Concat(container.Command, container.Args), "--timeout=0") {
			verbs = append(verbs, "list", "watch") // kubectl wait needs them to wait, as in earlier conversions
		}
	}
	if c.exec.kind == "" {
		verbs = nil // a script may find the pod by its labels
	}
	for _, verb := range verbs {
		needed = append(needed, authorizationv1.ResourceAttributes{
			Verb: verb, Group: kube.GroupOf(k.version), Resource: k.resource, Name: s.Workload.Name,
		})
	}
	return needed
}

func (s *Subject) accountMay(ctx context.Context, account string, attributes authorizationv1.ResourceAttributes) (bool,
	error,
) {
	attributes.Namespace = s.namespace()
	review := &authorizationv1.LocalSubjectAccessReview{Spec: authorizationv1.SubjectAccessReviewSpec{
		ResourceAttributes: &attributes,
		User:               "system:serviceaccount:" + s.namespace() + ":" + account,
		Groups: []string{
			"system:serviceaccounts", "system:serviceaccounts:" + s.namespace(),
			"system:authenticated",
		},
	}}
	review.APIVersion, review.Kind, review.Namespace = "authorization.k8s.io/v1", "LocalSubjectAccessReview", s.namespace()
	answer := &authorizationv1.LocalSubjectAccessReview{}
	err := s.Create(ctx, group("authorization.k8s.io/v1", s.namespace(), "localsubjectaccessreviews"), review, answer)
	return answer.Status.Allowed, err
}
