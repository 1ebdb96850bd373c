package kustomize

import (
	"fmt"
	"path"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/kyaml/fn/runtime/runtimeutil"
	"sigs.k8s.io/kustomize/kyaml/resid"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// program is the name of dindify in kustomizations.
const program = "dindify"

// isOurs reports whether an object among the transformers names dindify. It is an error if the object names another
// function or plugin, except kustomize's built-in plugins.
func isOurs(r *yaml.RNode) (bool, error) {
	group, version := resid.ParseGroupVersion(r.GetApiVersion())
	if group == "" && version == konfig.BuiltinPluginApiVersion {
		return false, nil
	}
	spec, err := runtimeutil.GetFunctionSpec(r)
	if err != nil {
		return false, fmt.Errorf("%s/%s: %w", r.GetKind(), r.GetName(), err)
	}
	if spec == nil {
		return false, fmt.Errorf("%s/%s names no function, so it is an exec or Go plugin: dindify build runs none; use "+
			"kustomize build",
			r.GetKind(), r.GetName())
	}
	switch exec, image := spec.Exec, spec.Container.Image; {
	case exec.Path == program && len(exec.Args)+len(exec.Env) == 0:
	case exec.Path == program:
		return false, refuse(r, "passes arguments or environment variables to dindify", "omit args and envs")
	case exec.Path != "":
		return false, refuse(r, fmt.Sprintf("runs the program %q", exec.Path), "write path: dindify, or use kustomize build")
	case isOurImage(image) || isOurKind(r.GetKind(), group):
	default:
		return false, refuse(r, fmt.Sprintf("runs the image %q", image), "use kustomize build")
	}
	return true, nil
}

func refuse(r *yaml.RNode, what, way string) error {
	return fmt.Errorf("%s/%s %s: dindify build runs no function but dindify; %s", r.GetKind(), r.GetName(), what, way)
}

// isOurImage reports whether an image is named dindify, in any registry.
func isOurImage(image string) bool {
	name, _, _ := strings.Cut(path.Base(image), "@")
	name, _, _ = strings.Cut(name, ":")
	return name == program
}

func isOurKind(kind, group string) bool { return kind == "DinD" && group == "dindify.dev" }
