package convert

import (
	"github.com/boxp/dindify/fn/claims"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// refuseUsedClaim prevents a daemon from using a claim that the input already uses for something else: another
// daemon's data, or files of an application. It runs before the documents are edited.
func (c *converter) refuseUsedClaim() {
	storage := c.Daemon.Storage.PersistentVolumeClaim
	if storage == nil || len(c.clients) == 0 {
		return
	}
	first := map[string]*Client{} // by namespace: refuseSharedClaim refuses a second one
	at := map[kube.Address]bool{}
	for _, client := range c.clients {
		at[client.at] = true
		if first[client.ref.Namespace] == nil {
			first[client.ref.Namespace] = client
		}
	}
	for _, o := range c.Set.ObjectsIn(c.Set.Mentioning(storage.ClaimName, claims.TemplatesField)) {
		for _, pod := range o.Pods() {
			client := first[o.Namespace()]
			user := claimIn(pod, storage.ClaimName)
			switch {
			case client == nil || !user.Exists():
			case at[pod.Address()]:
				user.Error(report.Because(report.StorageShared, "the pod itself uses the claim %s, which would also hold the "+
					"data of its daemon: %s", storage.ClaimName, adviseOwnClaim))
			default:
				c.reportUsedClaim(client, pod, user)
			}
		}
	}
}

const adviseOwnClaim = "set spec.daemon.storage.persistentVolumeClaim to a claim that only the daemon uses"

// reportUsedClaim reports another pod that uses the claim of a client's daemon: an error if it is another daemon.
func (c *converter) reportUsedClaim(client *Client, pod kube.Pod, user kube.Field) {
	severity := report.Warning
	if discover.HasDaemon(pod) {
		severity = report.Error
	}
	why := report.Because(report.StorageShared, "uses the claim %s, which would also hold the data of the daemon of %s: "+
		"%s", c.Daemon.Storage.PersistentVolumeClaim.ClaimName, client.title(), adviseOwnClaim)
	c.Set.Report.Add(user.Finding(severity, why))
}

// claimIn returns the volume of a pod, or the claim template of a StatefulSet, that has a claim.
func claimIn(pod kube.Pod, name string) kube.Field {
	for _, v := range pod.Volumes() {
		if v.Text("persistentVolumeClaim", "claimName") == name {
			return v
		}
	}
	for _, t := range claims.Templates(pod.Object()) {
		if kube.HasOrdinal(name, t.Text("metadata", "name")+"-"+pod.Object().Name()) {
			return t
		}
	}
	return kube.Field{}
}
