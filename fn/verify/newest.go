package verify

import (
	"context"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// What controllers write on their pods and ReplicaSets to tell templates apart. apps/v1 has no field for it.
const (
	deploymentRevision  = "deployment.kubernetes.io/revision"        // annotation of Deployment and ReplicaSet
	daemonSetGeneration = "deprecated.daemonset.template.generation" // annotation of a DaemonSet
	podGeneration       = "pod-template-generation"                  // label of its pods
	revisionHash        = "controller-revision-hash"                 // label of a StatefulSet's pods
)

// newestOf returns the pods of the workload's newest template. Pods of older ones do not tell how it fares.
func (s *Subject) newestOf(ctx context.Context, pods []*corev1.Pod) ([]*corev1.Pod, error) {
	w := s.Workload
	s.maker = objectRef{w.Kind, w.Name, w.UID}
	if w.rollout.complete() || w.Kind == "Pod" || w.completes() {
		return pods, nil
	}
	var isNewest func(*corev1.Pod) bool
	switch w.Kind {
	case "Deployment":
		newest, err := s.newestReplicaSet(ctx)
		if err != nil {
			return nil, err
		}
		if newest != nil {
			s.maker = objectRef{newest.Kind, newest.Name, newest.UID}
		}
		isNewest = func(p *corev1.Pod) bool {
			owner := metav1.GetControllerOf(p)
			return newest != nil && owner != nil && owner.Name == newest.Name
		}
	case "StatefulSet":
		isNewest = func(p *corev1.Pod) bool { return p.Labels[revisionHash] == w.updateRevision }
	case "DaemonSet":
		isNewest = func(p *corev1.Pod) bool { return p.Labels[podGeneration] == w.Annotations[daemonSetGeneration] }
	default:
		return pods, nil // its template has no versions
	}
	return slices.DeleteFunc(slices.Clone(pods), func(p *corev1.Pod) bool {
		return !w.rollout.observed || !isNewest(p)
	}), nil
}

// newestReplicaSet returns the ReplicaSet of a Deployment's newest template, or nil if there is none yet.
func (s *Subject) newestReplicaSet(ctx context.Context) (*Workload, error) {
	all, err := s.listWorkloads(ctx, kindOf("ReplicaSet"), s.namespace())
	if err != nil {
		return nil, fmt.Errorf("list replicasets: %w", err)
	}
	for _, w := range all {
		if w.owner == s.Workload.Name && w.Annotations[deploymentRevision] == s.Workload.Annotations[deploymentRevision] {
			return w, nil
		}
	}
	return nil, nil
}
