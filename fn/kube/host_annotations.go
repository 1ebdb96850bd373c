package kube

import "strings"

// hostAnnotations lists the prefixes of annotations that hosts of the function use.
var hostAnnotations = []string{
	"config.k8s.io/",
	"config.kubernetes.io/",
	"internal.config.kubernetes.io/",
	"internal.kpt.dev/",
	"kustomize.config.k8s.io/",
	"postrenderer.helm.sh/", // Helm 4 stores the file of each object that it passes to a post-renderer
}

// IsHostAnnotation reports whether an annotation belongs to the function's host, which adds and removes it.
func IsHostAnnotation(annotation string) bool {
	for _, prefix := range hostAnnotations {
		if strings.HasPrefix(annotation, prefix) {
			return true
		}
	}
	return false
}
