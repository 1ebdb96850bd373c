package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// checkAdmissionPolicy warns of a Kyverno policy in the input that refuses privileged containers if the daemon is
// privileged.
func checkAdmissionPolicy(c *converter, client *Client, o *kube.Object) {
	if !c.hasPrivileged(client) {
		return
	}
	for _, rule := range o.Root().Get("spec", "rules").Items() {
		validate := rule.Get("validate")
		level := validate.Text("podSecurity", "level")
		if level == "baseline" || level == "restricted" || namesKey(validate, "privileged") {
			client.warnAt(rule, report.Because(report.AdmissionPolicy,
				"refuses privileged containers, but the daemon of %s is privileged with spec.daemon.isolation %s: exclude the "+
					"workload from it, or choose Sysbox", client.title(), c.Daemon.Isolation))
		}
	}
}

// namesKey reports whether a mapping below a field has a key, in any of Kyverno's anchors: =(privileged).
func namesKey(f kube.Field, key string) bool {
	for _, k := range f.Keys() {
		if strings.Trim(k, "=+^X<()") == key || namesKey(f.Get(k), key) {
			return true
		}
	}
	return slices.ContainsFunc(f.Items(), func(e kube.Field) bool { return namesKey(e, key) })
}
