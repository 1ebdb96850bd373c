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
	// Convert on a workload overrides its classification: "true" or "false".
	Convert = "dindify.dev/convert"
	// FailClosed marks a functionConfig that also stands among the resources, so that a host which silently skips the
	// function leaves an object behind that no cluster serves. In kustomize the function removes it.
	FailClosed = "dindify.dev/fail-closed"
	// Serves on a generated object names the workload that it was generated for, as Kind/name at that time.
	Serves = "dindify.dev/serves"
	// ManagedBy is the label of generated objects; its value is "dindify".
	ManagedBy = "app.kubernetes.io/managed-by"
)

// KustomizeID is the annotation that kustomize, and no other host, puts on the objects that it hands to a function.
const KustomizeID = "kustomize.config.k8s.io/id"

const localConfig = "config.kubernetes.io/local-config"

// Object is one Kubernetes object, as a document's root or as an element of a List.
type Object struct {
	set   *Set
	item  *Item
	draft *yamldoc.Draft // nil where the object is for reading only
	top   *yaml.Node     // of the document
	node  *yaml.Node
	list  *yaml.Node // that it is an element of; nil for the root of a document
	base  string     // path in the document, of an element of a List

	report *report.Report // what is said about it; nil is that of the set

	pruned []Field // to remove if they are empty in the end
}

// Root is the object's top field; paths begin there.
func (o *Object) Root() Field { return Field{obj: o, node: o.node} }

// Text is the scalar at a path; "" where there is none.
func (o *Object) Text(path ...string) string { return yamldoc.Text(o.node, path...) }

// Kind of the object.
func (o *Object) Kind() string { return o.Text("kind") }

// APIVersion of the object, group and version.
func (o *Object) APIVersion() string { return o.Text("apiVersion") }

// Group is the API group; "" for the core group.
func (o *Object) Group() string { return GroupOf(o.APIVersion()) }

// GroupOf is the group of an API version, such as apps of apps/v1; "" for the core group.
func GroupOf(apiVersion string) string {
	group, _ := resid.ParseGroupVersion(apiVersion)
	return group
}

// Name of the object, or its generateName.
func (o *Object) Name() string {
	if name := o.Text("metadata", "name"); name != "" {
		return name
	}
	return o.Text("metadata", "generateName")
}

// Namespace of the object; "" where it names none.
func (o *Object) Namespace() string { return o.Text("metadata", "namespace") }

// Annotation of the object; "" where it has none of that name.
func (o *Object) Annotation(name string) string { return o.Text("metadata", "annotations", name) }

// Label of the object; "" where it has none of that name.
func (o *Object) Label(name string) string { return o.Text("metadata", "labels", name) }

// Labels of the object.
func (o *Object) Labels() map[string]string { return o.Root().Get("metadata", "labels").Map() }

// Annotations of the object.
func (o *Object) Annotations() map[string]string {
	return o.Root().Get("metadata", "annotations").Map()
}

// Map is the field as a mapping of strings.
func (f Field) Map() map[string]string {
	m := map[string]string{}
	for key, v := range yamldoc.Entries(f.node) {
		m[key] = yamldoc.Text(v)
	}
	return m
}

// Title is Kind/name.
func (o *Object) Title() string { return o.Kind() + "/" + o.Name() }

// ID is the object as kustomize's selectors see it.
func (o *Object) ID() resid.ResId {
	return resid.NewResIdWithNamespace(resid.GvkFromString(gvkString(o)), o.Name(), o.Namespace())
}

func gvkString(o *Object) string {
	group, version := resid.ParseGroupVersion(o.APIVersion())
	return resid.NewGvk(group, version, o.Kind()).String()
}

// IsLocal says whether the object is for tools only, and never reaches a cluster.
func (o *Object) IsLocal() bool {
	return o.Annotation(localConfig) == "true" || isForTools(o.APIVersion())
}

func isForTools(apiVersion string) bool {
	return strings.HasPrefix(apiVersion, "kpt.dev/") || strings.HasPrefix(apiVersion, "kustomize.config.k8s.io/")
}

// IsOwnConfig says whether the object is a functionConfig of dindify's.
func (o *Object) IsOwnConfig() bool { return o.Group() == "dindify.dev" && o.Kind() == "DinD" }

// IsGuard says whether the object is a functionConfig that kustomize hands in among the resources.
func (o *Object) IsGuard() bool {
	return o.IsOwnConfig() && o.Annotation(FailClosed) == "true" && o.Annotation(KustomizeID) != ""
}

// ReportTo lets what is said about the object from now on go to a report of its own.
func (o *Object) ReportTo(r *report.Report) { o.report = r }

// ReportingTo is the object for reading, with a report of its own for what is said about it by way of the result.
// Several goroutines may ask for one of the same object.
func (o *Object) ReportingTo(r *report.Report) *Object {
	reads := *o
	reads.report, reads.draft = r, nil
	return &reads
}

func (o *Object) say(f report.Finding) {
	r := o.report
	if r == nil {
		r = o.set.Report
	}
	f.Object = o.Ref()
	r.Add(f)
}

// Item is the document that the object is in.
func (o *Object) Item() *Item { return o.item }

// Draft is what the object is edited in. To edit an object that was found for reading only is a defect of dindify: the
// run fails, and the edit reaches no text.
func (o *Object) Draft() *yamldoc.Draft {
	if o.draft == nil {
		o.say(report.Finding{Severity: report.Error, Reason: report.Because(report.Internal, "is edited, and was found for "+
			"reading only")})
		o.draft = &yamldoc.Draft{}
	}
	return o.draft
}

// DocumentRoot is the root of the tree that the object is in.
func (o *Object) DocumentRoot() *yaml.Node { return o.top }

// IsDocument says whether the object is a whole document, not an element of a List.
func (o *Object) IsDocument() bool { return o.base == "" }

// PathInDocument is where the object stands in its document: items[2]; "" for the root.
func (o *Object) PathInDocument() string { return o.base }

// Ref is how findings name the object.
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
