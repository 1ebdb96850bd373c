package kube

import "k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

// Images lists the container images in a YAML stream, wherever its pod specs are.
func Images(stream []byte) ([]string, error) {
	objects, err := Decode(stream)
	if err != nil {
		return nil, err
	}
	var refs []string
	for _, object := range objects {
		eachMap(object.Object, func(fields map[string]any) {
			for _, list := range []string{"initContainers", "containers", "ephemeralContainers"} {
				refs = append(refs, imagesOf(fields[list])...)
			}
		})
	}
	return refs, nil
}

func imagesOf(containers any) []string {
	var refs []string
	list, _ := containers.([]any)
	for _, item := range list {
		container, _ := item.(map[string]any)
		if ref, ok := container["image"].(string); ok {
			refs = append(refs, ref)
		}
	}
	return refs
}

// ClaimNames lists the PersistentVolumeClaims that an object's pods mount.
func ClaimNames(object *unstructured.Unstructured) []string {
	var names []string
	eachMap(object.Object, func(fields map[string]any) {
		source, _ := fields["persistentVolumeClaim"].(map[string]any)
		if name, ok := source["claimName"].(string); ok {
			names = append(names, name)
		}
	})
	return names
}

// eachMap visits every mapping below a value.
func eachMap(value any, visit func(map[string]any)) {
	switch value := value.(type) {
	case map[string]any:
		visit(value)
		for _, child := range value {
			eachMap(child, visit)
		}
	case []any:
		for _, child := range value {
			eachMap(child, visit)
		}
	}
}
