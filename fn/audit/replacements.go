package audit

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/yamldoc"
)

// replaced are the objects of which a field is copied elsewhere, by that field: by kustomize's replacements, or its
// older vars, into a volume of the node, and by Flux into manifests and values of charts. An empty name or kind matches
// any (kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements and .../vars).
type replaced map[string][]selector

type selector struct {
	kind, name string
	by         copier
}

// replacementsOf finds these fields in the documents of a set: in Kustomizations, in files of replacements, and in
// objects of Flux.
func replacementsOf(set *kube.Set) replaced {
	all := replaced{}
	variables := sync.OnceValue(func() map[string]bool { return hostPathVariables(set) })
	for _, item := range set.Items {
		text := item.Document().Body()
		all.addFlux(item, text)
		hasReplacements := strings.Contains(text, "fieldPaths") && strings.Contains(text, "hostPath")
		if item.Gone || !hasReplacements && !strings.Contains(text, "objref") {
			continue
		}
		item.Document().View(func(root *yaml.Node) {
			for _, r := range replacementsIn(root) {
				if writesHostPath(r) {
					all.add(yamldoc.Get(r, "source"), yamldoc.Text(r, "source", "fieldPath"))
				}
			}
			for _, v := range yamldoc.Items(root, "vars") {
				if variables()[yamldoc.Text(v, "name")] {
					all.add(yamldoc.Get(v, "objref"), cmp.Or(yamldoc.Text(v, "fieldref", "fieldpath"),
						yamldoc.Text(v, "fieldref", "fieldPath")))
				}
			}
		})
	}
	return all
}

func (r replaced) add(object *yaml.Node, field string) {
	if field != "" {
		at := pathOf(field)
		r[at] = append(r[at], selector{yamldoc.Text(object, "kind"), yamldoc.Text(object, "name"), byKustomize})
	}
}

// variablePath matches a path of the node that is a variable of kustomize.
var variablePath = pattern.Lazy(`(?:hostPath|path)["']?\s*:\s*["']?\$\((\w+)\)`)

// hostPathVariables returns the variables of kustomize that are paths of the node in a set.
func hostPathVariables(set *kube.Set) map[string]bool {
	all := map[string]bool{}
	for _, item := range set.Items {
		text := item.Document().Body()
		if !strings.Contains(text, "hostPath") || !strings.Contains(text, "$(") {
			continue
		}
		for _, found := range variablePath().FindAllStringSubmatch(text, -1) {
			all[found[1]] = true
		}
	}
	return all
}

// replacementsIn returns the replacements of a document: of a Kustomization, or a file with one or a list of them.
func replacementsIn(root *yaml.Node) []*yaml.Node {
	switch {
	case root == nil:
		return nil
	case len(yamldoc.Items(root)) > 0:
		return yamldoc.Items(root)
	case yamldoc.Get(root, "targets") != nil:
		return []*yaml.Node{root}
	}
	return yamldoc.Items(root, "replacements")
}

// writesHostPath reports whether a target of a replacement is a path of the node.
func writesHostPath(replacement *yaml.Node) bool {
	for _, target := range yamldoc.Items(replacement, "targets") {
		if slices.ContainsFunc(yamldoc.Items(target, "fieldPaths"), func(n *yaml.Node) bool {
			return strings.Contains(yamldoc.Text(n), "hostPath")
		}) {
			return true
		}
	}
	return false
}

// pathOf returns a path of kustomize as rows write it.
func pathOf(field string) string {
	return strings.NewReplacer(`\.`, ".", ".[", "[").Replace(field)
}

// copier returns what copies the value, if it is the source of a copy, in the object or in what a Kustomization makes
// an object of.
func (c context) copier() (by copier, ok bool) {
	if !c.found {
		return by, false
	}
	if c.field.Name() == "sourceValue" {
		return byKustomize, writesHostPath(c.field.Parent().Node())
	}
	if c.object == nil {
		return by, false
	}
	if c.isOf("kustomize.toolkit.fluxcd.io") && c.isBelow("substitute") && c.isWholeText() {
		return bySubstitution, true
	}
	kind, name, field := c.kind(), c.object.Name(), c.path
	if list := c.field.Parent(); list.Name() == "literals" {
		kinds := map[string]string{"configMapGenerator": "ConfigMap", "secretGenerator": "Secret"}
		key, _, _ := strings.Cut(c.field.Text(), "=")
		kind, name, field = kinds[list.Parent().Parent().Name()], list.Parent().Text("name"), "data."+key
	}
	if key, ok := strings.CutPrefix(field, "stringData."); ok {
		field = "data." + key
	}
	for _, s := range append(c.replaced[field], c.replaced[fluxData(field)]...) {
		if (s.kind == "" || s.kind == kind) && (s.name == "" || s.name == name) &&
			(s.by == byKustomize || c.isWholeText()) {
			return s.by, true
		}
	}
	return by, false
}
