package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// context is a mention with its surroundings.
type context struct {
	m      socket.Mention
	object *kube.Object // nil in a document that is not a Kubernetes object
	facts  *facts       // of the object
	field  kube.Field   // the scalar that names it
	found  bool         // the field was found; otherwise a key names it
	path   string       // of the field; "" if none was found

	template string // the Template whose parameter names it
}

func (c context) kind() string {
	if c.object == nil {
		return ""
	}
	return c.object.Kind()
}

func (c context) name() string {
	if c.template != "" {
		return c.template
	}
	if c.object == nil || c.object.Kind() == "" {
		return ""
	}
	return c.object.Ref().String()
}

func (c context) inMetadata(path string) bool { return strings.HasPrefix(c.path, "metadata."+path) }

// inText reports whether the mention is in a multi-line text, such as a program's configuration in a ConfigMap.
func (c context) inText() bool { return c.found && strings.Contains(c.field.Text(), "\n") }

// records lists the reasons that apply whatever the mention names: a copy, a rule or a description starts nothing.
var records = []struct {
	applies func(context) bool
	reason  string
}{
	{func(c context) bool { return c.inMetadata("annotations." + journal.Annotation) }, "the journal of a conversion"},
	{func(c context) bool {
		return c.inMetadata("annotations.kubectl.kubernetes.io/last-applied-configuration")
	}, "kubectl's copy of the object"},
	{context.inManagedFields, "a record of who manages which field"},
	{func(c context) bool { return strings.HasPrefix(c.path, "status.") }, "a status, which the cluster writes"},
	{func(c context) bool { return c.kind() == "CustomResourceDefinition" }, "a schema, whose descriptions and defaults " +
		"start nothing"},
	{context.isPolicy, "a policy, which allows or forbids it"},
	{context.isKindNode, "a mount of kind's node containers, not of a pod"},
}

// noUse returns why a mention is not a use; "" if it names a path on the node, which something may use.
func (c context) noUse() string {
	for _, r := range records {
		if r.applies(c) {
			return r.reason
		}
	}
	if c.isOwnBind() {
		return "a bind mount, which the pod's own Docker daemon resolves"
	}
	if c.isUnshown() {
		return "a volume of which the pod mounts only a subPath without a socket"
	}
	if c.m.OnNode() || c.m.Role == value {
		return ""
	}
	if c.object != nil {
		if reason := c.inPod(); reason != "" {
			return reason
		}
	}
	switch {
	case c.inText():
		return "a text that names it, but mounts nothing of the node"
	case c.m.Role == socket.Endpoint:
		return "an endpoint, not a mount of the node"
	case c.m.Role == socket.MountPath:
		return "a path in a container, not on the node"
	}
	return "names it, but mounts nothing of the node"
}

// isOwnBind reports whether a container of a pod with a daemon of its own binds the path, such as docker run -v. It is
// a path of that daemon's container.
func (c context) isOwnBind() bool {
	return c.object != nil && c.m.Role == socket.Bind && slices.ContainsFunc(c.facts.pods, func(p pod) bool {
		return p.hasDaemon && strings.HasPrefix(c.path, p.path)
	})
}

// isUnshown reports whether no mount of a pod's volume leads to a socket.
func (c context) isUnshown() bool {
	return c.object != nil && slices.ContainsFunc(c.facts.pods, func(p pod) bool { return p.unshown[c.path] })
}

// inPod returns the reason for a mention in a pod.
func (c context) inPod() string {
	at := c.path
	for _, pod := range c.facts.pods {
		if !strings.HasPrefix(at, pod.path) {
			continue
		}
		if reason, ok := pod.mounts[c.m.Path]; ok && c.m.Role == socket.MountPath {
			return reason
		}
		if pod.hasDaemon {
			return "the pod has its own Docker daemon"
		}
		if c.m.Role == socket.Endpoint {
			return "an endpoint, but the pod mounts no such socket of the node"
		}
	}
	return ""
}

// policyGroups lists API groups of objects that only allow or forbid.
var policyGroups = []string{
	"admissionregistration.k8s.io", "constraints.gatekeeper.sh", "kyverno.io", "mutations.gatekeeper.sh",
	"policies.kyverno.io", "policy",
	"security.openshift.io", "templates.gatekeeper.sh",
}

// isPolicy is false of a policy that changes or makes objects: what it names is written into them.
func (c context) isPolicy() bool {
	if c.object == nil || c.isWritten() {
		return false
	}
	return slices.Contains(policyGroups, c.object.Group()) || c.kind() == "PodSecurityPolicy" ||
		c.kind() == "SecurityContextConstraints"
}

// isWritten says whether a policy writes the field into objects, as Kyverno, Gatekeeper and the API server can.
func (c context) isWritten() bool {
	switch c.object.Group() {
	case "kyverno.io":
		return c.isBelow("mutate") || c.isBelow("generate")
	case "policies.kyverno.io", "admissionregistration.k8s.io":
		return strings.Contains(c.kind(), "Mutating") || strings.Contains(c.kind(), "Generating")
	case "mutations.gatekeeper.sh":
		return c.isBelow("parameters")
	}
	return false
}

// isKindNode reports whether the object configures clusters whose nodes are containers (kind, Cluster API's Docker
// provider).
func (c context) isKindNode() bool {
	if c.object == nil {
		return false
	}
	return c.object.Group() == "kind.x-k8s.io" || c.object.Group() == "infrastructure.cluster.x-k8s.io" &&
		strings.HasPrefix(c.kind(), "Docker")
}

// inManagedFields: the keys of the object's fields are text there.
func (c context) inManagedFields() bool {
	if c.object == nil {
		return false
	}
	if c.inMetadata("managedFields") {
		return true
	}
	return !c.found && c.facts.managedFrom <= c.m.Line && c.m.Line <= c.facts.managedTo
}

// row returns a row for a path on the node that no known pod uses.
func (c context) row(file string, line int) Row {
	r := Row{
		File: file, Line: line, Object: c.name(), Field: c.path, HostPath: c.m.Path, Runtime: string(c.m.Runtime),
		Class: string(convert.UnsureClass),
	}
	if c.m.Runtime != socket.Docker {
		r.Class = string(convert.OtherRuntime)
	}
	r.Reason, r.Advice = c.why()
	return r
}

func (c context) why() (reason, advice string) {
	if stray := c.stray(); stray != "" {
		return fmt.Sprintf("the path has a stray %s, and the node has no such file", stray), "remove it, and " +
			"audit again"
	}
	for _, p := range places {
		if c.found && p.fits(c) {
			return p.reason, p.advice
		}
	}
	switch {
	case c.template != "":
		return "a parameter of a Template, and what its objects make of it is not known", adviceTemplate
	case c.object == nil || c.kind() == "":
		return "named as a " + string(c.m.Role) + " in a file that is not a Kubernetes object", "check which program reads " +
			"values of a chart, a patch, Compose"
	case c.kind() == "PersistentVolume":
		return "a volume on the node, which no claim in the input uses", "remove it, or audit it together with " +
			"its claims"
	case c.inText():
		return "named in a text, whose reader is unknown", "change it in that text"
	}
	return fmt.Sprintf("named as a %s in %s %s, whose use is unknown", c.m.Role, article(c.kind()),
			c.kind()),
		"audit the rendered output (helm template … | dindify audit -), or change it there"
}

// stray returns quotes, commas and backslashes at the start or end of a path.
func (c context) stray() string {
	if !c.found || c.m.Role != socket.HostPath || c.inText() {
		return ""
	}
	before, after, _ := strings.Cut(c.field.Text(), c.m.Path)
	if stray := before + after; strings.Trim(stray, "\"'`,;\\") == "" {
		return stray
	}
	return ""
}

func article(word string) string {
	if strings.ContainsRune("AEIOUaeiou", []rune(word)[0]) {
		return "an"
	}
	return "a"
}
