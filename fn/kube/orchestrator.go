package kube

import "strings"

// orchestrators are the prefixes of their annotations.
var orchestrators = []string{
	"config.k8s.io/",
	"config.kubernetes.io/",
	"internal.config.kubernetes.io/",
	"internal.kpt.dev/",
	"kustomize.config.k8s.io/",
	"postrenderer.helm.sh/", // Helm 4 names the file of each object that it hands to a post-renderer
}

// IsOrchestrators says whether an annotation belongs to the host of the function, which puts it on and takes it off.
func IsOrchestrators(annotation string) bool {
	for _, prefix := range orchestrators {
		if strings.HasPrefix(annotation, prefix) {
			return true
		}
	}
	return false
}
