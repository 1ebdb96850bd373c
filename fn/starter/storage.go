package starter

import (
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

// storageClass returns a storage class that a claim in the input names.
func (t trial) storageClass() string {
	for _, o := range t.objects {
		if class := o.Text("spec", "storageClassName"); o.Kind() == "PersistentVolumeClaim" && class != "" {
			return class
		}
		for _, claim := range o.Root().Get("spec", "volumeClaimTemplates").Items() {
			if class := claim.Text("spec", "storageClassName"); class != "" {
				return class
			}
		}
	}
	return ""
}
