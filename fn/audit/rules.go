package audit

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/yamldoc"
)

// reason says why a mention that it applies to is not a use, whatever it names.
type reason struct {
	applies func(context) bool
	text    string
}

// records lists fields that repeat others of the object.
var records = []reason{
	{func(c context) bool { return c.inMetadata("annotations." + journal.Annotation) }, "the journal of a conversion"},
	{func(c context) bool {
		return c.inMetadata("annotations.kubectl.kubernetes.io/last-applied-configuration")
	}, "kubectl's copy of the object"},
	{func(c context) bool { return c.encoded && isRelease(c.object) }, "the record of a release of Helm: audit the " +
		"objects in the cluster, or the output of helm get manifest"},
	{context.inManagedFields, "a record of who manages which field"},
	{func(c context) bool { return strings.HasPrefix(c.path, "status.") }, "a status, which the cluster writes"},
}

// rules lists rules and descriptions, which start nothing.
var rules = []reason{
	{func(c context) bool { return c.kind() == "CustomResourceDefinition" }, "a schema, whose descriptions and defaults " +
		"start nothing"},
	{context.isSchema, "a schema, whose defaults and examples start nothing"},
	{context.isBaseline, "a baseline, which repeats what an audit found"},
	{context.isInactive, "a part of a patch that deletes or compares, and adds nothing"},
	{context.isComment, "a comment"},
	{context.isDescription, "a description, which starts nothing"},
	{context.isPolicy, "a policy or another rule, which allows, forbids or reports it"},
	{func(c context) bool { return c.found && c.isBelow("customChecks") }, "a check of Polaris, which reports it"},
	{context.isKindNode, "of the nodes of a cluster that are containers, not of a pod"},
}

func (c context) isRecord() bool { return c.firstOf(records) != "" }

// firstOf returns the text of the first reason that applies, or "".
func (c context) firstOf(reasons []reason) string {
	for _, r := range reasons {
		if r.applies(c) {
			return r.text
		}
	}
	return ""
}

// isComment reports whether the mention is in a comment of code, or a text of one line is one.
func (c context) isComment() bool {
	text := strings.TrimSpace(c.field.Text())
	return c.m.Role == socket.Comment || c.found && !strings.Contains(text, "\n") &&
		(strings.HasPrefix(text, "#") || strings.HasPrefix(text, "// "))
}

// isDescription reports whether the mention is in words for people. A text that is only the path is none, nor is one in
// a pod or for a program in a container.
func (c context) isDescription() bool {
	return c.found && discover.IsDescription(c.field) && c.field.Text() != c.m.Path && !c.inKnownPod() &&
		!c.isOfContainer()
}

// isSchema reports whether the document is a JSON schema, or an API in OpenAPI's form. A chart's values may have keys
// of the same names.
func (c context) isSchema() bool {
	if c.object == nil || c.kind() != "" {
		return false
	}
	root := c.object.Root()
	has := func(keys ...string) bool {
		return slices.ContainsFunc(keys, func(key string) bool { return len(root.Get(key).Keys()) > 0 })
	}
	return strings.HasSuffix(c.object.Item().File, ".schema.json") ||
		strings.Contains(root.Text("$schema"), "://json-schema.org/") && has("properties", "$defs", "definitions") ||
		strings.HasPrefix(root.Text("openapi"), "3.") && has("paths", "components", "webhooks") ||
		root.Text("swagger") == "2.0" && has("paths")
}

// isBaseline reports whether the document was written by WriteBaseline.
func (c context) isBaseline() bool {
	if c.object == nil || c.kind() != "" {
		return false
	}
	rows := c.object.Root().Get("rows").Node()
	return rows != nil && len(yamldoc.Items(rows)) > 0 && yamldoc.Text(yamldoc.Items(rows)[0], "fingerprint") != ""
}

// isInactive reports whether the mention is in a part of a patch that adds nothing. The patch may be a text.
func (c context) isInactive() bool {
	if !c.found {
		return c.addsNothing
	}
	if c.field.AddsNothing() {
		return true
	}
	if !c.facts.mayPatch(c.field) {
		return false
	}
	field, ok := c.fieldInText()
	return ok && field.AddsNothing()
}

// mayPatch reports whether a text may be a patch that deletes or compares. Results are cached: a text may have many
// mentions.
func (f *facts) mayPatch(text kube.Field) bool {
	may, known := f.patches[text.Node()]
	if !known {
		may = strings.Contains(text.Text(), "$patch") || strings.Contains(text.Text(), "test")
		f.patches[text.Node()] = may
	}
	return may
}

// fieldInText returns the scalar with the mention in a text that is YAML itself.
func (c context) fieldInText() (found kube.Field, ok bool) {
	line := c.field.Node().Line
	if c.field.Node().Style&yaml.LiteralStyle != 0 {
		line = c.m.Line
	}
	return c.facts.inText(c.field).With(c.m.Path, line)
}

// inText returns the scalars of a text that is YAML itself. Results are cached.
func (f *facts) inText(text kube.Field) *kube.Scalars {
	if f.inTexts[text.Node()] == nil {
		f.inTexts[text.Node()] = text.ScalarsInText()
	}
	return f.inTexts[text.Node()]
}

// isPolicy is false of a policy that changes or makes objects: what it names is written into them.
func (c context) isPolicy() bool {
	return c.object != nil && c.object.IsPolicy() && !c.isMutated() && !c.isGenerated()
}

// isMutated reports whether a policy writes the field into objects of others, as Kyverno, Gatekeeper and the API server
// can.
func (c context) isMutated() bool {
	switch c.object.Group() {
	case "kyverno.io":
		return c.isBelow("mutate") && !c.isCondition()
	case "policies.kyverno.io", "admissionregistration.k8s.io":
		return strings.Contains(c.kind(), "Mutating")
	case "mutations.gatekeeper.sh":
		return c.isBelow("parameters") && !c.isBelow("pathTests")
	}
	return false
}

// isCondition reports whether a rule of Kyverno compares the field, and does not write it: in preconditions, or below a
// key in parentheses, a conditional anchor.
func (c context) isCondition() bool {
	return c.isBelow("preconditions") || strings.Contains(c.path, ".(") || strings.Contains(c.path, "](")
}

// isGenerated reports whether a policy of Kyverno makes objects with the field.
func (c context) isGenerated() bool {
	switch c.object.Group() {
	case "kyverno.io":
		return c.isBelow("generate")
	case "policies.kyverno.io":
		return strings.Contains(c.kind(), "Generating")
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
