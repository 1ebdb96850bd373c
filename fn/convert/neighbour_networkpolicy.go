package convert

import (
	"slices"
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// checkNetworkPolicy warns where a policy keeps the daemon from registries: the node's pulls were subject to none, and
// the pod's are.
func checkNetworkPolicy(_ *Conversion, client *Client, o *kube.Object) {
	spec := o.Root().Get("spec")
	if !restrictsEgress(spec) || !matchesLabels(selectorText(spec.Get("podSelector")), podLabels(client)) {
		return
	}
	if slices.ContainsFunc(spec.Get("egress").Items(), reachesRegistries) {
		return
	}
	client.warnAt(spec.Get("egress"), report.Because(report.NetworkPolicy,
		"selects %s and lets its pods reach no address outside the cluster: images were pulled by the node, and are pulled "+
			"by the pod now; allow egress on port 443, or name a mirror in the cluster in spec.daemon.registryMirrors",
		client.title()))
}

// restrictsEgress says whether a policy is about egress: without policyTypes it is where it has a rule for it.
func restrictsEgress(spec kube.Field) bool {
	if types := spec.Texts("policyTypes"); len(types) > 0 {
		return slices.Contains(types, "Egress")
	}
	return len(spec.Get("egress").Items()) > 0
}

// reachesRegistries says whether a rule lets pods reach any address on the port of HTTPS.
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

// podLabels are the labels of a client's pods.
func podLabels(client *Client) map[string]string {
	return client.Template().Get("metadata", "labels").Map()
}

// selectorText is a label selector as kubectl's -l writes it.
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
