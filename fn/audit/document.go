package audit

import (
	"slices"
	"sort"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/yamldoc"
)

// document finds the objects and fields on the lines of a document.
type document struct {
	item    *kube.Item
	objects []*kube.Object // by line
	of      map[*kube.Object]*facts
	parameters
	replaced  replaced // by kustomize, in the set
	variables *variables
}

// facts caches what the reasons need to know of an object, which may have thousands of mentions.
type facts struct {
	*kube.Scalars
	pods                   pods
	managedFrom, managedTo int // lines of metadata.managedFields; 0 if there are none
	mergeOrder             *yamldoc.MergeOrderError

	apiVersions map[*yaml.Node]string        // of mappings that are objects themselves; "" for others
	inTexts     map[*yaml.Node]*kube.Scalars // of texts that are YAML themselves
	patches     map[*yaml.Node]bool          // see mayPatch
}

// pod is a pod of an object.
type pod struct {
	path       string
	hasDaemon  bool
	isOptedOut bool
	reach      reach
	mounts     mounts
}

func newDocument(item *kube.Item, objects []*kube.Object, r replaced) *document {
	// an alias refers to a node above it
	slices.SortStableFunc(objects, func(a, b *kube.Object) int { return line(a) - line(b) })
	return &document{
		item: item, objects: objects, of: map[*kube.Object]*facts{}, parameters: parametersOf(objects), replaced: r,
		variables: &variables{text: item.Document().Text(), above: item.Line - 1},
	}
}

// at returns the object on a line; nil in a document without objects.
func (d *document) at(n int) *kube.Object {
	if len(d.objects) == 0 {
		return nil
	}
	after := sort.Search(len(d.objects), func(i int) bool { return line(d.objects[i]) > n })
	return d.objects[max(after-1, 0)]
}

// context finds the context of a mention.
func (d *document) context(m socket.Mention) context {
	if c, ok := d.parameters.context(m); ok {
		return c
	}
	c := context{m: m, object: d.at(m.Line), replaced: d.replaced, variables: d.variables}
	if c.object != nil {
		c.facts = d.facts(c.object)
		c.field, c.found = c.facts.With(m.Path, m.Line)
		if record, ok := journalOn(c); ok {
			c.field, c.found = record, true
		}
		if c.found {
			c.path = c.facts.Path(c.field)
		}
		c.m.Role = c.role()
	}
	return c
}

// journalOn returns the journal that a path on the node stands in, if the object's pods and its journal are on one
// line, as in JSON. A volume of that path is what names it, if there is one.
func journalOn(c context) (record kube.Field, ok bool) {
	if !c.m.OnNode() || c.found && c.field.Parent().Name() == "hostPath" {
		return record, false
	}
	record = c.object.Root().Get("metadata", "annotations", journal.Annotation)
	return record, record.Exists() && record.Node().Line == c.m.Line && strings.Contains(record.Text(), c.m.Path)
}

func line(o *kube.Object) int { return o.Root().Node().Line }

func (d *document) facts(o *kube.Object) *facts {
	if d.of[o] != nil {
		return d.of[o]
	}
	f := &facts{
		mergeOrder: yamldoc.MergeOrder(o.Root().Node()),
		Scalars:    o.Scalars(), pods: newPods(), apiVersions: map[*yaml.Node]string{},
		inTexts: map[*yaml.Node]*kube.Scalars{}, patches: map[*yaml.Node]bool{},
	}
	d.of[o] = f
	pods := o.Pods()
	if discover.IsTooLarge(o, pods) {
		pods = nil // an error of the run
	}
	for _, p := range pods {
		if !p.InText() {
			f.pods.add(pod{p.Path(), discover.HasDaemon(p), discover.OptedOut(p), reachOf(p), mountsOf(p)}, f.unshown(p))
		}
	}
	if managed := o.Root().Get("metadata", "managedFields"); managed.Exists() {
		f.managedFrom, f.managedTo = managed.Node().Line, managed.LastLine()
	}
	return f
}

// unshown returns the paths of a pod's hostPath volumes that hold a socket, of which every mount shows another part.
func (f *facts) unshown(p kube.Pod) (paths []string) {
	mountsOf := p.Mounts()
	for _, v := range p.Volumes() {
		at, mounts := v.Get("hostPath", "path"), mountsOf.Of(v)
		if _, holds := socket.Find(at.Text()); !holds || len(mounts) == 0 {
			continue
		}
		leads := func(m kube.Mount) bool {
			_, does := socket.Find(discover.Below(at.Text(), m.Field))
			return does
		}
		if !slices.ContainsFunc(mounts, leads) {
			paths = append(paths, f.Path(at))
		}
	}
	return paths
}
