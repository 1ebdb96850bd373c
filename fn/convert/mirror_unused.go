package convert

import (
	"fmt"
	"slices"

	"github.com/boxp/dindify/fn/report"
)

// volumeNames are those of a pod, with the ones that only a mount names, such as a claim template of a StatefulSet.
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

// warnOfUnknownVolumes names the entries of spec.pod.mirrorInclude and mirrorExclude that are a volume of no converted
// workload: a misspelled one would otherwise leave a Secret out, or mirror what is to be kept from the daemon.
func (c *Conversion) warnOfUnknownVolumes() {
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
					"%s is no volume of any workload that is converted: correct the name, or leave it out", name),
			})
		}
	}
}
