package kube

import "strings"

// isOrchestrators says whether an annotation belongs to the host of the function, which puts it on and takes it off.
func isOrchestrators(annotation string) bool {
	for _, prefix := range []string{"internal.config.kubernetes.io/", "config.kubernetes.io/", "config.k8s.io/", "kustomize.config.k8s.io/"} {
		if strings.HasPrefix(annotation, prefix) {
			return true
		}
	}
	return false
}
