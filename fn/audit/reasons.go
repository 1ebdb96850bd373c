package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/yamldoc"
)

// context is a mention with its surroundings.
type context struct {
	m      socket.Mention
	object *kube.Object // nil in a document that is not a Kubernetes object
	facts  *facts       // of the object
	field  kube.Field   // the scalar that names it
	found  bool         // the field was found; otherwise a key names it
	path   string       // of the field; "" if none was found

	replaced  replaced   // by kustomize, in the set
	variables *variables // of the document

	addsNothing bool // in a document without objects: a test of a JSON patch

	template string // the Template whose parameter names it

	encoded bool  // the field is a text in base64
	unread  error // why the text could not be read
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
func (c context) inText() bool { return c.encoded || c.found && strings.Contains(c.field.Text(), "\n") }

// noUse returns why a mention is not a use; "" if it names a path on the node, which something may use.
func (c context) noUse() string {
	if c.unread != nil {
		return "the record of a release of Helm, which cannot be read: " + c.unread.Error() + "; audit the output of helm " +
			"get manifest"
	}
	if reason := cmp.Or(c.firstOf(records), c.firstOf(rules)); reason != "" {
		return reason
	}
	if c.isOwnBind() {
		return "a bind mount, which the pod's own Docker daemon resolves"
	}
	if c.isUnshown() {
		return "a volume of which the pod mounts only a subPath without a socket"
	}
	if _, isCopied := c.copier(); isCopied || c.m.OnNode() || c.m.Role == value || c.byVariable() != "" {
		return ""
	}
	if c.object != nil {
		if _, ok := c.reach(); ok {
			return ""
		}
		if reason := c.inPod(); reason != "" {
			return reason
		}
	}
	switch {
	case c.inText():
		return "named in a text, but not in a known form of a mount from the node"
	case c.m.Role == socket.Endpoint:
		return "an endpoint, not a mount of the node"
	case c.m.Role == socket.MountPath:
		return "a path in a container, not on the node"
	}
	return "named, but not in a known form of a mount from the node"
}

// byVariable returns why a variable that has the path is a use, in a document without objects, such as a playbook.
func (c context) byVariable() string {
	if c.object != nil || c.variables == nil {
		return ""
	}
	return c.variables.use(c.m)
}

// isOwnBind reports whether a container of a pod with a daemon of its own binds the path, such as docker run -v. It is
// a path of that daemon's container.
func (c context) isOwnBind() bool {
	return c.object != nil && c.m.Role == socket.Bind &&
		slices.ContainsFunc(c.facts.pods.around(c.path), func(p pod) bool { return p.hasDaemon })
}

// isUnshown reports whether no mount of a pod's volume leads to a socket.
func (c context) isUnshown() bool {
	return c.object != nil && c.facts.pods.unshown[c.path]
}

// inPod returns the reason for a mention in a pod.
func (c context) inPod() string {
	for _, pod := range c.facts.pods.around(c.path) {
		if c.isMountIn(pod) {
			return pod.mounts.of(*c.field.Parent()).what
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

// row returns a row for a path on the node that no known pod uses.
func (c context) row(file string, line int) Row {
	r := Row{
		File: file, Line: line, Object: c.name(), Field: c.path, HostPath: c.m.Path, Runtime: string(c.m.Runtime),
		Class: string(discover.UnsureClass),
	}
	if c.m.Runtime != socket.Docker {
		r.Class = string(discover.OtherRuntime)
	}
	if !c.found || c.inText() {
		r.before = wordBefore(c.m.Path, c.m.Text)
	}
	r.Reason, r.Advice = c.why()
	r.ambiguous = c.mergeOrder() != nil
	if c.object != nil {
		if way, ok := c.reach(); ok {
			r.HostPath = cmp.Or(way.node, r.HostPath)
		}
	}
	if c.isOptedOut() {
		r.Class, r.Advice = Acknowledged, "nothing to do: its annotation "+kube.ConvertAnnotation+" decides"
		r.Reason = kube.ConvertAnnotation + " is false; " + r.Reason
	}
	if c.object != nil && c.m.Role != socket.Bind && c.kind() != "PersistentVolume" && !c.inKnownPod() {
		r.mounted = c.object.Ref()
	}
	return r
}

// mergeOrder returns the error of an object that parsers read differently, and that may use the path for some.
func (c context) mergeOrder() *yamldoc.MergeOrderError {
	if c.object == nil || c.inText() {
		return nil
	}
	return c.facts.mergeOrder
}

// isOptedOut reports whether an annotation of the object or of a pod around the field decides. It decides about what
// the object mounts, and not about what another annotation asks an injector to mount.
func (c context) isOptedOut() bool {
	if c.object == nil || c.inMetadata("annotations.") {
		return false
	}
	return c.object.Annotation(kube.ConvertAnnotation) == "false" ||
		slices.ContainsFunc(c.facts.pods.around(c.path), func(p pod) bool { return p.isOptedOut })
}

func (c context) why() (reason, advice string) {
	if stray := c.stray(); stray != "" {
		return fmt.Sprintf("the path has a stray %s, and the node has no such file", stray), "remove it, and " +
			"audit again"
	}
	if c.object != nil {
		if r, ok := c.reach(); ok {
			return r.how, adviceReach
		}
	}
	if e := c.mergeOrder(); e != nil {
		return e.Cause(), "write the merge key first"
	}
	if by, ok := c.copier(); ok {
		return "a value that " + by.does, by.advice
	}
	if reason := c.byVariable(); reason != "" {
		return reason, "check which program reads it, and change it there"
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
	case c.kind() == "PersistentVolume" && c.object.Text("spec", "claimRef", "name") != "":
		return "a volume on the node, reserved for the claim " + c.object.Text("spec", "claimRef", "name") +
			", which no pod in the input mounts", "remove it, or audit it together with its claim and what mounts that"
	case c.kind() == "PersistentVolume":
		return "a volume on the node, and no pod in the input mounts a claim of it", "remove it, or audit it together with " +
			"its claims and what mounts them"
	case c.encoded:
		return "named in " + c.path + ", a text in base64 whose reader is unknown", "change it in the text that was encoded"
	case c.inText():
		return "named in a text, whose reader is unknown", "change it in that text"
	}
	return fmt.Sprintf("named as a %s in %s %s, whose use is unknown", c.m.Role, article(c.kind()), c.kind()),
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
