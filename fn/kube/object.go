package kube

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/resid"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Annotations that dindify reads or writes.
const (
	// ConvertAnnotation on a workload overrides its classification: "true" or "false".
	ConvertAnnotation = "dindify.dev/convert"
	// failClosedAnnotation marks a functionConfig that is also listed among the resources. If a host silently skips the
	// function, the object is left over, and no cluster serves its kind. In kustomize the function removes it.
	failClosedAnnotation = "dindify.dev/fail-closed"
	// ServesAnnotation on a generated object names the workload that it was generated for, as Kind/name at that time.
	ServesAnnotation = "dindify.dev/serves"
	// ManagedByLabel is the label of generated objects; its value is "dindify".
	ManagedByLabel = "app.kubernetes.io/managed-by"
)

// KustomizeIDAnnotation is an annotation that only kustomize puts on the objects it passes to a function.
const KustomizeIDAnnotation = "kustomize.config.k8s.io/id"

const localConfig = "config.kubernetes.io/local-config"

// Object is one Kubernetes object: the root of a document, or an element of a List.
type Object struct {
	set   *Set
	item  *Item
	draft *yamldoc.Draft // nil if the object is for reading only
	top   *yaml.Node     // of the document
	node  *yaml.Node
	list  *yaml.Node // the list that it is an element of; nil for the root of a document
	base  string     // path in the document, for an element of a List

	report *report.Report // for its findings; nil means the set's report

	pruned []Field // to remove if they are empty at the end
}

// Root returns the object's top field, where paths begin.
func (o *Object) Root() Field { return Field{obj: o, node: o.node} }

// Text returns the scalar at a path, or "".
func (o *Object) Text(path ...string) string { return yamldoc.Text(o.node, path...) }

// Kind returns the object's kind.
func (o *Object) Kind() string { return o.Text("kind") }

// APIVersion returns the object's API group and version.
func (o *Object) APIVersion() string { return o.Text("apiVersion") }

// Group returns the API group; "" is the core group.
func (o *Object) Group() string { return GroupOf(o.APIVersion()) }

// GroupOf returns the group of an API version, such as apps for apps/v1; "" is the core group.
func GroupOf(apiVersion string) string {
	group, _ := resid.ParseGroupVersion(apiVersion)
	return group
}

// Name returns the object's name, or its generateName.
func (o *Object) Name() string {
	if name := o.Text("metadata", "name"); name != "" {
		return name
	}
	return o.Text("metadata", "generateName")
}

// Namespace returns the object's namespace, or "".
func (o *Object) Namespace() string { return o.Text("metadata", "namespace") }

// Annotation returns an annotation of the object, or "".
func (o *Object) Annotation(name string) string { return o.Text("metadata", "annotations", name) }

// Label returns a label of the object, or "".
func (o *Object) Label(name string) string { return o.Text("metadata", "labels", name) }

// Labels returns the object's labels.
func (o *Object) Labels() map[string]string { return o.Root().Get("metadata", "labels").Map() }

// Annotations returns the object's annotations.
func (o *Object) Annotations() map[string]string {
	return o.Root().Get("metadata", "annotations").Map()
}

// Map returns the field as a mapping of strings.
func (f Field) Map() map[string]string {
	m := map[string]string{}
	for key, v := range yamldoc.Entries(f.node) {
		m[key] = yamldoc.Text(v)
	}
	return m
}

// Title returns Kind/name.
func (o *Object) Title() string { return o.Kind() + "/" + o.Name() }

// ID returns the object's id for kustomize's selectors.
func (o *Object) ID() resid.ResId {
	return resid.NewResIdWithNamespace(resid.GvkFromString(gvkString(o)), o.Name(), o.Namespace())
}

func gvkString(o *Object) string {
	group, version := resid.ParseGroupVersion(o.APIVersion())
	return resid.NewGvk(group, version, o.Kind()).String()
}

// IsLocal reports whether the object is for local tools only and is never applied to a cluster.
func (o *Object) IsLocal() bool {
	return o.Annotation(localConfig) == "true" || isForTools(o.APIVersion())
}

func isForTools(apiVersion string) bool {
	return strings.HasPrefix(apiVersion, "kpt.dev/") || strings.HasPrefix(apiVersion, "kustomize.config.k8s.io/")
}

// isOwnConfig reports whether the object is a functionConfig of dindify.
func (o *Object) isOwnConfig() bool { return o.Group() == "dindify.dev" && o.Kind() == "DinD" }

// IsGuard reports whether the object is a functionConfig that kustomize passes among the resources.
func (o *Object) IsGuard() bool {
	return o.isOwnConfig() && o.Annotation(failClosedAnnotation) == "true" && o.Annotation(KustomizeIDAnnotation) != ""
}

// ReportTo sends later findings about the object to another report.
func (o *Object) ReportTo(r *report.Report) { o.report = r }

// ReportingTo returns a read-only copy of the object with its own report. It is safe for concurrent use.
func (o *Object) ReportingTo(r *report.Report) *Object {
	reads := *o
	reads.report, reads.draft = r, nil
	return &reads
}

func (o *Object) addFinding(f report.Finding) {
	r := o.report
	if r == nil {
		r = o.set.Report
	}
	f.Object = o.Ref()
	r.Add(f)
}

// Item returns the document of the object.
func (o *Object) Item() *Item { return o.item }

// Draft returns the draft of the object's document. Editing a read-only object is a bug in dindify: the run fails, so
// that nothing is printed.
func (o *Object) Draft() *yamldoc.Draft {
	if o.draft == nil {
		o.addFinding(report.Finding{
			Severity: report.Error, Reason: report.Because(report.Internal, "is edited, and was found for reading only"),
		})
		o.draft = &yamldoc.Draft{}
	}
	return o.draft
}

// DocumentRoot returns the root of the document's tree.
func (o *Object) DocumentRoot() *yaml.Node { return o.top }

// Anchored returns the nodes of the document that have an anchor.
func (o *Object) Anchored(name string) []*yaml.Node {
	if o.draft != nil {
		return o.draft.Anchored(name)
	}
	all := map[string][]*yaml.Node{}
	yamldoc.TakeAnchors(o.top, all)
	return all[name]
}

// IsDocument reports whether the object is a whole document, not an element of a List.
func (o *Object) IsDocument() bool { return o.base == "" }

// PathInDocument returns the object's path in its document: items[2]; "" for the root.
func (o *Object) PathInDocument() string { return o.base }

// Ref returns the object's reference for findings.
func (o *Object) Ref() report.Object {
	return report.Object{
		APIVersion: o.APIVersion(), Kind: o.Kind(), Namespace: o.Namespace(), Name: o.Name(),
		File: o.item.File, Index: o.item.Index, Line: o.Root().FileLine(),
	}
}

// Controller is the owner reference of the controller that manages the object; it does not exist where there is none.
func (o *Object) Controller() Field {
	for _, ref := range o.Root().Get("metadata", "ownerReferences").Items() {
		if ref.True("controller") {
			return ref
		}
	}
	return Field{}
}
