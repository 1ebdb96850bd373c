package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
)

// checkCiliumPolicy checks a policy of Cilium: a rule for egress blocks what no rule allows (docs.cilium.io, Network
// Policy, "Layer 3 Examples" and "Policy Enforcement Modes").
func checkCiliumPolicy(_ *converter, client *Client, o *kube.Object) {
	specs := append(o.Root().Get("specs").Items(), o.Root().Get("spec"))
	for _, spec := range specs {
		egress, endpoints := spec.Get("egress"), spec.Get("endpointSelector")
		if !endpoints.Exists() || len(egress.Items()) == 0 || spec.Text("enableDefaultDeny", "egress") == "false" {
			continue
		}
		selector := strings.NewReplacer("k8s:", "", "any:", "").Replace(selectorText(endpoints))
		warnOfEgress(client, egressPolicy{
			at: egress, reachesRegistries: ciliumReachesRegistries, leavesPods: ciliumLeavesPods,
			selects: func(labels map[string]string) bool {
				return kube.MatchesLabels(selector, withNamespace(client, labels))
			},
		})
	}
}

// withNamespace adds the labels by which Cilium and Calico know a pod's namespace.
func withNamespace(client *Client, labels map[string]string) map[string]string {
	all := map[string]string{
		"io.kubernetes.pod.namespace": client.ref.Namespace, "projectcalico.org/namespace": client.ref.Namespace,
	}
	for key, value := range labels {
		all[key] = value
	}
	return all
}

// ciliumPeers lists the fields of a rule that name destinations. Without any of them a rule with ports allows all.
var ciliumPeers = []string{
	"toCIDR", "toCIDRSet", "toEndpoints", "toEntities", "toFQDNs", "toGroups", "toNodes", "toServices",
}

// ciliumReachesRegistries reports whether a rule allows addresses outside of the cluster, or names, on port 443.
func ciliumReachesRegistries(rule kube.Field) bool {
	anywhere := ciliumNames(rule, "world", "all") || rule.Get("toFQDNs").Exists() || isOpen(rule, ciliumPeers) ||
		slices.ContainsFunc(ciliumNets(rule), isAnywhere)
	lists := rule.Get("toPorts").Items()
	return anywhere && (len(lists) == 0 || slices.ContainsFunc(lists, func(list kube.Field) bool {
		return slices.ContainsFunc(list.Get("ports").Items(), func(port kube.Field) bool {
			number, isAny := port.Text("port"), port.Text("protocol") == "ANY"
			return number == "0" || includesHTTPS(port) || isAny && number == "443"
		})
	}))
}

// ciliumLeavesPods reports whether a rule allows an address that is not a pod's.
func ciliumLeavesPods(rule kube.Field) bool {
	return ciliumNames(rule, "world", "all", "cluster", "host", "remote-node", "kube-apiserver") ||
		rule.Get("toFQDNs").Exists() || rule.Get("toServices").Exists() || len(ciliumNets(rule)) > 0 ||
		isOpen(rule, ciliumPeers)
}

func ciliumNames(rule kube.Field, entities ...string) bool {
	return slices.ContainsFunc(rule.Texts("toEntities"), func(e string) bool { return slices.Contains(entities, e) })
}

func ciliumNets(rule kube.Field) []string {
	nets := rule.Texts("toCIDR")
	for _, set := range rule.Get("toCIDRSet").Items() {
		nets = append(nets, set.Text("cidr"))
	}
	return nets
}

// isOpen reports whether a rule names ports, but no destination.
func isOpen(rule kube.Field, peers []string) bool {
	return rule.Get("toPorts").Exists() &&
		!slices.ContainsFunc(peers, func(peer string) bool { return rule.Get(peer).Exists() })
}

func isAnywhere(cidr string) bool { return cidr == "0.0.0.0/0" || cidr == "::/0" }

// calicoTerm is a comparison of a label in a selector of Calico.
var calicoTerm = pattern.Lazy(`^\s*([\w./-]+)\s*(==|!=)\s*['"]([^'"]*)['"]\s*$`)

// checkCalicoPolicy checks a policy of Calico, which blocks what none of its rules allows
// (docs.tigera.io/calico/latest/reference/resources/networkpolicy).
func checkCalicoPolicy(_ *converter, client *Client, o *kube.Object) {
	spec := o.Root().Get("spec")
	types, egress := spec.Texts("types"), spec.Get("egress")
	if !slices.Contains(types, "Egress") && (len(types) > 0 || len(egress.Items()) == 0) {
		return
	}
	warnOfEgress(client, egressPolicy{
		at: egress, reachesRegistries: calicoReachesRegistries, leavesPods: calicoLeavesPods,
		selects: func(labels map[string]string) bool {
			return calicoSelects(spec.Text("selector"), withNamespace(client, labels))
		},
	})
}

// calicoSelects reads the selectors that are comparisons joined by &&. Others are taken to select the pod.
func calicoSelects(selector string, labels map[string]string) bool {
	for _, term := range strings.Split(selector, "&&") {
		m := calicoTerm().FindStringSubmatch(term)
		if m != nil && (labels[m[1]] == m[3]) != (m[2] == "==") {
			return false
		}
	}
	return true
}

func calicoReachesRegistries(rule kube.Field) bool {
	to := rule.Get("destination")
	ports := to.Texts("ports")
	return calicoAllows(rule) && !to.Get("selector").Exists() && !to.Get("namespaceSelector").Exists() &&
		(!to.Get("nets").Exists() || slices.ContainsFunc(to.Texts("nets"), isAnywhere)) &&
		(len(ports) == 0 || slices.Contains(ports, "443")) && rule.Text("protocol") != "UDP"
}

func calicoLeavesPods(rule kube.Field) bool {
	to := rule.Get("destination")
	ports := slices.DeleteFunc(to.Texts("ports"), func(port string) bool { return port == "53" })
	return calicoAllows(rule) && rule.Text("protocol") != "UDP" && !to.Get("selector").Exists() &&
		!to.Get("namespaceSelector").Exists() && (len(ports) > 0 || !to.Get("ports").Exists())
}

func calicoAllows(rule kube.Field) bool { return rule.Text("action") == "Allow" }
