package kube

import "strings"

// orchestrators lists the prefixes of their annotations.
var orchestrators = []string{
	"config.k8s.io/",
	"config.kubernetes.io/",
	"internal.config.kubernetes.io/",
	"internal.kpt.dev/",
	"kustomize.config.k8s.io/",
	"postrenderer.helm.sh/", // Helm 4 stores the file of each object that it passes to a post-renderer
}

// IsOrchestrators reports whether an annotation belongs to the function's host, which adds and removes it.
func IsOrchestrators(annotation string) bool {
	for _, prefix := range orchestrators {
		if strings.HasPrefix(annotation, prefix) {
			return true
		}
	}
	return false
}
