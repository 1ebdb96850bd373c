package verify

import (
	"cmp"
	"context"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// dryRunPod sends the API server a dry-run create of a pod of the template. It sends the pod itself: a Deployment that
// violates Pod Security is accepted with a warning, and its pods are refused.
func (s *Subject) dryRunPod(ctx context.Context) error {
	pod := &corev1.Pod{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"},
		ObjectMeta: metav1.ObjectMeta{
			GenerateName: cmp.Or(s.Workload.Name, "pod") + "-verify-", Namespace: s.namespace(),
			Labels: s.Workload.Template.Labels, Annotations: s.Workload.Template.Annotations,
		},
		Spec: *s.Workload.Template.Spec.DeepCopy(),
	}
	pod.Spec.NodeName = ""
	return s.Create(ctx, core(s.namespace(), "pods")+dryRun, pod, nil)
}

// podSecurity checks the pod against admission: Pod Security, and policies such as those of Kyverno and Gatekeeper.
func podSecurity(ctx context.Context, s *Subject) Finding {
	if !s.may(ctx, s.namespace(), createPods) {
		return s.podSecurityByLabel(ctx)
	}
	err := s.dryRunPod(ctx)
	if err != nil {
		if f, missing := s.missingObject(err); missing {
			return f
		}
	}
	switch {
	case err == nil:
		return ok("namespace %s admits the pod (dry run)", s.namespace())
	case strings.Contains(err.Error(), "violates PodSecurity"):
		return fail(s.allowPrivileged(),
			"refused: %s", afterColon(message(err), "violates PodSecurity"))
	case isQuota(err):
		return ok("Pod Security and policies admit the pod (dry run); the quota is another check")
	case apierrors.IsInvalid(err), apierrors.IsBadRequest(err):
		return fail("correct the pod's template", "refused: %s", firstLine(message(err)))
	case apierrors.IsForbidden(err), strings.Contains(err.Error(), "admission webhook"):
		return fail("ask for an exception of the policy that the message names", "refused: %s",
			firstLine(message(err)))
	}
	return blind(err, "dry-run the pod")
}

func afterColon(text, from string) string {
	if i := strings.Index(text, from); i >= 0 {
		return firstLine(text[i:])
	}
	return firstLine(text)
}

func isQuota(err error) bool { return strings.Contains(err.Error(), "exceeded quota") }

// podSecurityByLabel is used if the user may not create pods.
func (s *Subject) podSecurityByLabel(ctx context.Context) Finding {
	var namespace corev1.Namespace
	if err := s.Get(ctx, "/api/v1/namespaces/"+s.namespace(), &namespace); err != nil {
		return blind(err, "read namespace %s, nor create pods", s.namespace())
	}
	level := namespace.Labels["pod-security.kubernetes.io/enforce"]
	privileged := s.Daemon.SecurityContext != nil && s.Daemon.SecurityContext.Privileged != nil &&
		*s.Daemon.SecurityContext.Privileged
	switch {
	case level == "" || level == "privileged":
		return ok("the namespace's label allows it; you may not create pods, so policies were not asked").inferred()
	case privileged:
		return fail(s.allowPrivileged(),
			"the namespace enforces %s, and the daemon is privileged", level).inferred()
	}
	return notAllowed("the namespace enforces %s; you may not create pods, so admission was not asked", level)
}

// quota checks whether the quota has room for the pod beside the running ones.
func quota(ctx context.Context, s *Subject) Finding {
	err := s.dryRunPod(ctx)
	switch {
	case err == nil:
		return ok("there is room for the pod (dry run)")
	case isQuota(err):
		return fail("raise the quota, or lower spec.daemon.resources", "%s",
			afterColon(message(err), "exceeded quota"))
	}
	return unknown("the check pod-security says why", "admission refuses the pod for another reason")
}

// allowPrivileged is the hint if Pod Security refuses the daemon.
func (s *Subject) allowPrivileged() string {
	return "kubectl label namespace " + s.namespace() + " pod-security.kubernetes.io/enforce=privileged --overwrite, " +
		"or set spec.daemon.isolation: Sysbox"
}
