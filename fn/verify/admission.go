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
	if err == nil {
		return ok("namespace %s admits the pod (dry run)", s.namespace())
	}
	if f, missing := s.missingObject(err); missing {
		return f
	}
	kind, pod := kindOfRefusal(err, s.namespace()), "the pod of "+s.Workload.String()
	hint := kind.hintFor(err, pod, s.namespace())
	switch {
	case kind == podSecurityKind:
		return fail(hint, "refused: %s", afterColon(message(err), "violates PodSecurity"))
	case kind == quotaKind, kind == quotaWithoutLimits: // the last plugin of admission
		return ok("Pod Security and policies admit the pod (dry run); the quota is another check")
	case kind == limitRangeKind: // an early one
		return unknown(hint, "the LimitRange of namespace %s refuses the pod before Pod Security is asked", s.namespace())
	case kind.unasked:
		return unknown(hint, "%s", firstLine(message(err)))
	case userLacksRight(err):
		return blind(err, "dry-run the pod")
	case apierrors.IsInvalid(err), apierrors.IsBadRequest(err), apierrors.IsForbidden(err), kind != otherKind:
		return fail(hint, "refused: %s", refusalText(err))
	}
	return blind(err, "dry-run the pod")
}

func afterColon(text, from string) string {
	if i := strings.Index(text, from); i >= 0 {
		return firstLine(text[i:])
	}
	return firstLine(text)
}

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
		return fail(podSecurityKind.hintFor(nil, "", s.namespace()),
			"the namespace enforces %s, and the daemon is privileged", level).inferred()
	}
	return notAllowed("the namespace enforces %s; you may not create pods, so admission was not asked", level)
}

// quota checks whether the quota has room for the pod beside the running ones, and whether the LimitRange admits it.
func quota(ctx context.Context, s *Subject) Finding {
	err := s.dryRunPod(ctx)
	if err == nil {
		return ok("there is room for the pod (dry run)")
	}
	kind := kindOfRefusal(err, s.namespace())
	switch kind {
	case quotaKind, quotaWithoutLimits:
		return fail(kind.hintFor(err, "", s.namespace()), "%s", afterColon(message(err), kind.words[0]))
	case limitRangeKind:
		return fail(kind.hintFor(err, "", s.namespace()), "%s", firstLine(message(err)))
	}
	return unknown("the check pod-security says why", "admission refuses the pod for another reason")
}
