package cli

import (
	"fmt"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/starter"
)

// The verbs on files read those of a kustomization one by one. That is right for a base to be converted in place, but
// it is not what kustomize builds: an overlay has none of the objects of its base.

// refuseKustomizations is for a verb that prints manifests: a kustomization and its patches are none.
func (v *fileVerb) refuseKustomizations(args []string) error {
	for _, folder := range args {
		if starter.IsKustomization(folder) {
			return fmt.Errorf("%s is a kustomization, whose files are not what is applied: use %s, or -i for its own files",
				folder, v.build(folder))
		}
	}
	return nil
}

// checkKustomizations refuses kustomizations whose files have nothing for this verb, and notes that of the others only
// the files were read.
func (v *fileVerb) checkKustomizations(args []string, r result) error {
	if r.Failed() {
		return nil
	}
	if !changed(r.files, r.texts) && len(r.All()) == 0 {
		return v.refuseIdle(args)
	}
	for _, folder := range args {
		if starter.IsKustomization(folder) {
			v.note("%s is a kustomization, of which only its own files are read here: %s prints what it builds", folder,
				v.build(folder))
		}
	}
	return nil
}

// refuseIdle refuses kustomizations whose files have nothing for this verb.
func (v *fileVerb) refuseIdle(args []string) error {
	for _, folder := range args {
		if starter.IsKustomization(folder) {
			return fmt.Errorf("%s is a kustomization, and its own files have nothing to convert or revert: use %s", folder,
				v.build(folder))
		}
	}
	return nil
}

func (v *fileVerb) build(folder string) string {
	if v.mode == config.DooD {
		return "dindify build --mode DooD " + folder
	}
	return "dindify build " + folder
}
