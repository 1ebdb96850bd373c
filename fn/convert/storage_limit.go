package convert

import (
	"slices"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

const ephemeralStorage = "ephemeral-storage"

// warnOfStorageLimit warns if the limits of the application's containers also apply to the daemon's images: the
// kubelet compares the sum of the declared limits with all usage of the pod, including emptyDir volumes
// (k8s.io/kubernetes, pkg/kubelet/eviction/eviction_manager.go, podEphemeralStorageLimitEviction).
func warnOfStorageLimit(c *converter, client *Client) {
	warnOfMemoryVolumes(client, client.Container(c.Daemon.Name))
	volume := c.Daemon.Storage.EmptyDir
	if volume == nil || volume.Medium == api.StorageMediumMemory {
		return
	}
	if _, ok := c.Daemon.Resources.Limits[ephemeralStorage]; ok {
		return
	}
	containers := client.Containers()
	limited := slices.IndexFunc(containers, func(container kube.Container) bool {
		return storageLimit(container).Exists()
	})
	if limited < 0 {
		return
	}
	total, ok := podTotal(client.Pod, "limits", defaults{})[ephemeralStorage]
	if !ok {
		return
	}
	storageLimit(containers[limited]).Warn(report.Because(report.StorageLimit,
		"the limits of the pod add up to %s, which now also include the daemon's images and containers: above it the "+
			"kubelet evicts the pod; set spec.daemon.resources.limits.%s to %s, or use spec.daemon.storage.ephemeral",
		total.String(), ephemeralStorage, orImageSize(volume.SizeLimit)))
}

func storageLimit(container kube.Container) kube.Field {
	return container.Get("resources", "limits", ephemeralStorage)
}

// warnOfMemoryVolumes warns of volumes in memory with room for more than the daemon's memory: what the daemon and its
// containers write there is memory of its container, which is killed above its limit
// (kubernetes.io/docs/concepts/storage/volumes, emptyDir).
func warnOfMemoryVolumes(client *Client, daemon kube.Container) {
	limits, _ := resourcesOf(daemon)
	memory, ok := limits["memory"]
	if !ok {
		return
	}
	for _, m := range daemon.Mounts() {
		volume := client.Volume(m.Text("name")).Get("emptyDir")
		size, isSized := quantities(volume)["sizeLimit"]
		if volume.Text("medium") == api.StorageMediumMemory && isSized && size.Cmp(memory) > 0 {
			volume.Get("sizeLimit").Warn(report.Because(report.StorageLimit,
				"is %s in memory, but %s may use %s with all that it keeps there, and is killed above that: set "+
					"spec.daemon.resources.limits.memory above it", size.String(), daemon.Name(), memory.String()))
		}
	}
}

func orImageSize(limit *resource.Quantity) string {
	if limit == nil {
		return "what they may take"
	}
	return limit.String()
}
