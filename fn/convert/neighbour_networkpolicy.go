package convert

import (
	"slices"
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

func checkNetworkPolicy(_ *converter, client *Client, o *kube.Object) {
	spec := o.Root().Get("spec")
	if !restrictsEgress(spec) {
		return
	}
	selector := selectorText(spec.Get("podSelector"))
	warnOfEgress(client, egressPolicy{
		at: spec.Get("egress"), reachesRegistries: reachesRegistries, leavesPods: leavesPods,
		selects: func(labels map[string]string) bool { return kube.MatchesLabels(selector, labels) },
	})
}

// egressPolicy is what a policy allows the pods that it selects to reach.
type egressPolicy struct {
	at                            kube.Field // its rules
	selects                       func(labels map[string]string) bool
	reachesRegistries, leavesPods func(rule kube.Field) bool
}

// warnOfEgress warns of a policy that blocks the daemon's access to registries, or the clean-up's to the API server:
// the node's pulls and its pruning were not restricted, but the pods' are.
func warnOfEgress(client *Client, policy egressPolicy) {
	egress := policy.at
	if policy.selects(podLabels(client)) && !slices.ContainsFunc(egress.Items(), policy.reachesRegistries) {
		client.warnAt(egress, report.Because(report.NetworkPolicy,
			"selects %s and blocks all addresses outside the cluster: the node pulled the images so far, and the pod "+
				"pulls them now; allow egress on port 443, or set a mirror in the cluster in spec.daemon.registryMirrors",
			client.title()))
	}
	byJob := client.job != nil || client.generates("CronJob")
	if byJob && policy.selects(nil) && !slices.ContainsFunc(egress.Items(), policy.leavesPods) {
		client.warnAt(egress, report.Because(report.NetworkPolicy,
			"selects the clean-up's job for %s and allows only pods: kubectl does not reach the API server, and every "+
				"clean-up fails; allow egress to it, or set spec.cleanup.mode to Sidecar", client.title()))
	}
}

// leavesPods reports whether a rule allows an address that is not a pod's, as the API server's, on a port that is not
// only for names.
func leavesPods(rule kube.Field) bool {
	isIP := func(peer kube.Field) bool { return peer.Get("ipBlock").Exists() }
	isForNames := func(port kube.Field) bool { return port.Text("port") == "53" }
	to, ports := rule.Get("to").Items(), rule.Get("ports").Items()
	return (len(to) == 0 || slices.ContainsFunc(to, isIP)) &&
		(len(ports) == 0 || len(slices.DeleteFunc(ports, isForNames)) > 0)
}

// restrictsEgress reports whether a policy applies to egress: without policyTypes it does if it has an egress rule.
func restrictsEgress(spec kube.Field) bool {
	if types := spec.Texts("policyTypes"); len(types) > 0 {
		return slices.Contains(types, "Egress")
	}
	return len(spec.Get("egress").Items()) > 0
}

// reachesRegistries reports whether a rule allows any address on port 443.
func reachesRegistries(rule kube.Field) bool {
	to := rule.Get("to").Items()
	anywhere := len(to) == 0 || slices.ContainsFunc(to, func(peer kube.Field) bool {
		return isAnywhere(peer.Text("ipBlock", "cidr"))
	})
	ports := rule.Get("ports").Items()
	return anywhere && (len(ports) == 0 || slices.ContainsFunc(ports, includesHTTPS))
}

func includesHTTPS(port kube.Field) bool {
	if p := port.Text("protocol"); p != "" && p != "TCP" {
		return false
	}
	const https = 443
	first, err := strconv.Atoi(port.Text("port"))
	if err != nil {
		return port.Text("port") == "" || port.Text("port") == "https"
	}
	last, err := strconv.Atoi(port.Text("endPort"))
	return first == https || err == nil && first <= https && https <= last
}

// podLabels returns the labels of a client's pods.
func podLabels(client *Client) map[string]string {
	return client.Template().Get("metadata", "labels").Map()
}

// selectorText returns a label selector in the syntax of kubectl -l.
func selectorText(f kube.Field) string {
	var terms []string
	for key, value := range f.Get("matchLabels").Map() {
		terms = append(terms, key+"="+value)
	}
	slices.Sort(terms)
	for _, e := range f.Get("matchExpressions").Items() {
		key, values := e.Text("key"), "("+strings.Join(e.Texts("values"), ",")+")"
		switch e.Text("operator") {
		case "In":
			terms = append(terms, key+" in "+values)
		case "NotIn":
			terms = append(terms, key+" notin "+values)
		case "Exists":
			terms = append(terms, key)
		case "DoesNotExist":
			terms = append(terms, "!"+key)
		}
	}
	return strings.Join(terms, ",")
}
