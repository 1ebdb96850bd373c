package verify

import (
	"context"
	"encoding/json"
	"iter"

	corev1 "k8s.io/api/core/v1"
)

// storageClasses yields the storage classes that the pod's volumes need, each with the hint if it is not there: those
// of ephemeral volumes, and before the apply those of claims in the files.
func (s *Subject) storageClasses() iter.Seq2[string, string] {
	return func(yield func(class, hint string) bool) {
		for _, v := range s.Spec.Volumes {
			class, hint := "", ""
			switch {
			case v.Ephemeral != nil && v.Ephemeral.VolumeClaimTemplate != nil:
				class = classOf(&v.Ephemeral.VolumeClaimTemplate.Spec)
				hint = "set spec.daemon.storage.ephemeral.storageClassName"
			case v.PersistentVolumeClaim != nil && s.Pre:
				name := v.PersistentVolumeClaim.ClaimName
				class, hint = classOf(s.claimInFiles(name)), "set spec.storageClassName of PersistentVolumeClaim "+name
			}
			if class != "" && !yield(class, hint) {
				return
			}
		}
		for _, claim := range s.claimTemplates() {
			if class := classOf(&claim.Spec); class != "" &&
				!yield(class, "set spec.storageClassName of the claim template "+claim.Name) {
				return
			}
		}
	}
}

// classOf returns the storage class that a claim needs, or "": a claim that names its volume needs none.
func classOf(claim *corev1.PersistentVolumeClaimSpec) string {
	if claim == nil || claim.StorageClassName == nil || claim.VolumeName != "" {
		return ""
	}
	return *claim.StorageClassName
}

// claimInFiles returns the spec of a claim in the files, or nil.
func (s *Subject) claimInFiles(name string) *corev1.PersistentVolumeClaimSpec {
	m := s.manifestIn("PersistentVolumeClaim", s.namespace(), name)
	var claim corev1.PersistentVolumeClaim
	if m == nil || json.Unmarshal(m.Raw, &claim) != nil {
		return nil
	}
	return &claim.Spec
}

// claimTemplates returns the claims that a StatefulSet of the files makes.
func (s *Subject) claimTemplates() []corev1.PersistentVolumeClaim {
	var set struct {
		Spec struct {
			VolumeClaimTemplates []corev1.PersistentVolumeClaim `json:"volumeClaimTemplates"`
		} `json:"spec"`
	}
	if !s.Pre || s.manifest == nil || json.Unmarshal(s.manifest.Raw, &set) != nil {
		return nil
	}
	return set.Spec.VolumeClaimTemplates
}

// hasVolumeOf reports whether a PersistentVolume of the cluster or of the files has a storage class.
func (s *Subject) hasVolumeOf(ctx context.Context, class string) bool {
	var there corev1.PersistentVolumeList
	_ = s.Get(ctx, core("", "persistentvolumes"), &there) // without the right none is seen
	for _, m := range s.Manifests {
		var volume corev1.PersistentVolume
		if m.Kind == "PersistentVolume" && json.Unmarshal(m.Raw, &volume) == nil {
			there.Items = append(there.Items, volume)
		}
	}
	for i := range there.Items {
		if there.Items[i].Spec.StorageClassName == class {
			return true
		}
	}
	return false
}
