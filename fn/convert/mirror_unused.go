package convert

import (
	"fmt"
	"slices"

	"github.com/boxp/dindify/fn/report"
)

// volumeNames returns the names of a pod's volumes, and of those that only a mount names, such as a claim template of
// a StatefulSet.
func volumeNames(client *Client) []string {
	var names []string
	for _, v := range client.Volumes() {
		names = append(names, v.Text("name"))
	}
	for _, container := range client.Containers() {
		for _, m := range container.Mounts() {
			names = append(names, m.Text("name"))
		}
	}
	return names
}

// warnOfUnknownVolumes warns of entries of spec.pod.mirrorInclude and mirrorExclude that no converted workload has as
// a volume: a misspelled one would omit a Secret, or mirror a volume that must not be.
func (c *converter) warnOfUnknownVolumes() {
	if len(c.clients) == 0 {
		return
	}
	for _, list := range []struct {
		field string
		names []string
	}{{"mirrorInclude", c.Pod.MirrorInclude}, {"mirrorExclude", c.Pod.MirrorExclude}} {
		for i, name := range list.names {
			if slices.ContainsFunc(c.clients, func(client *Client) bool { return slices.Contains(client.volumes, name) }) {
				continue
			}
			c.Set.Report.Add(report.Finding{
				Severity: report.Warning, Path: fmt.Sprintf("spec.pod.%s[%d]", list.field, i),
				Reason: report.Because(report.VolumeUnknown,
					"no converted workload has a volume %s: correct the name, or remove it", name),
			})
		}
	}
}
