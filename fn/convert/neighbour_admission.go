package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// checkAdmissionPolicy warns where a Kyverno policy of the input refuses privileged containers, and the daemon is one.
func checkAdmissionPolicy(c *Conversion, client *Client, o *kube.Object) {
	if !c.hasPrivileged(client) {
		return
	}
	for _, rule := range o.Root().Get("spec", "rules").Items() {
		validate := rule.Get("validate")
		level := validate.Text("podSecurity", "level")
		if level == "baseline" || level == "restricted" || namesKey(validate, "privileged") {
			client.warnAt(rule, report.Because(report.AdmissionPolicy,
				"refuses privileged containers, and the daemon of %s is one with spec.daemon.isolation %s: except the workload "+
					"from it, or choose Sysbox", client.title(), c.Daemon.Isolation))
		}
	}
}

// namesKey says whether a mapping somewhere below a field has a key, in whatever of Kyverno's anchors: =(privileged).
func namesKey(f kube.Field, key string) bool {
	for _, k := range f.Keys() {
		if strings.Trim(k, "=+^X<()") == key || namesKey(f.Get(k), key) {
			return true
		}
	}
	return slices.ContainsFunc(f.Items(), func(e kube.Field) bool { return namesKey(e, key) })
}
