package convert

import (
	"slices"
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// checkNetworkPolicy warns of a policy that blocks the daemon's access to registries: the node's pulls were not
// restricted, but the pod's are.
func checkNetworkPolicy(_ *converter, client *Client, o *kube.Object) {
	spec := o.Root().Get("spec")
	if !restrictsEgress(spec) || !matchesLabels(selectorText(spec.Get("podSelector")), podLabels(client)) {
		return
	}
	if slices.ContainsFunc(spec.Get("egress").Items(), reachesRegistries) {
		return
	}
	client.warnAt(spec.Get("egress"), report.Because(report.NetworkPolicy,
		"selects %s and blocks all addresses outside the cluster: the node pulled the images so far, and the pod "+
			"pulls them now; allow egress on port 443, or set a mirror in the cluster in spec.daemon.registryMirrors",
		client.title()))
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
		return slices.Contains([]string{"0.0.0.0/0", "::/0"}, peer.Text("ipBlock", "cidr"))
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
