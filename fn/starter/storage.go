package starter

import (
	"slices"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
)

const sizeLimit = "20Gi"

// chooseStorage selects an emptyDir with a limit: it works with any number of pods and on every cluster. A comment
// describes persistent storage if the workload allows it or the input names a storage class.
func chooseStorage(t trial) (lines []string, set func(*config.Spec)) {
	lines = []string{"  storage: # of images and containers. " + storageReason(t)}
	if class := t.storageClass(); class != "" {
		lines = append(lines, "    # A disk for each pod instead:  ephemeral: "+
			"{storageClassName: "+class+", size: "+sizeLimit+"}")
	}
	lines = append(lines, "    emptyDir:", "      sizeLimit: "+sizeLimit+" # above it this pod is evicted before the "+
		"node's disk is full")
	return lines, func(s *config.Spec) {
		limit := resource.MustParse(sizeLimit)
		s.Daemon.Storage.EmptyDir = &api.EmptyDirVolumeSource{SizeLimit: &limit}
	}
}

func storageReason(t trial) string {
	if pods, perNode := sum(t.scales); pods > 1 || perNode {
		return "Each pod has its own, deleted with the pod: a claim serves only one daemon"
	}
	for _, s := range t.scales {
		if o := t.object(s); o != nil && o.Kind() == "Deployment" && o.Text("spec", "strategy", "type") == "Recreate" {
			return "It is deleted with the pod. There is one pod at a time (Recreate), so a claim can keep it: " +
				"persistentVolumeClaim: {claimName: …}"
		}
	}
	return "It is deleted with the pod; a persistentVolumeClaim keeps it, if there is never more than one pod"
}

func (t trial) object(s scale) *kube.Object { return t.named[s.workload.String()] }

// storageClass returns the storage class of a claim in the input that could hold a daemon's data. A claim for several
// nodes is on a network file system as a rule, and overlay2 does not work there.
func (t trial) storageClass() string {
	for _, o := range t.objects {
		claims := o.Root().Get("spec", "volumeClaimTemplates").Items()
		if o.Kind() == "PersistentVolumeClaim" {
			claims = append(claims, o.Root())
		}
		for _, claim := range claims {
			class, modes := claim.Text("spec", "storageClassName"), claim.Texts("spec", "accessModes")
			if class != "" && !slices.Contains(modes, "ReadWriteMany") && !slices.Contains(modes, "ReadOnlyMany") {
				return class
			}
		}
	}
	return ""
}
