package audit

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc"
)

// replaced are the objects of which kustomize's replacements copy a field into a volume of the node, by that field. An
// empty name or kind stands for any (kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements).
type replaced map[string][]selector

type selector struct{ kind, name string }

// replacementsOf finds these fields in the documents of a set: in Kustomizations, and in files of replacements.
func replacementsOf(set *kube.Set) replaced {
	all := replaced{}
	for _, item := range set.Items {
		text := item.Document().Text()
		if item.Gone || !strings.Contains(text, "fieldPaths") || !strings.Contains(text, "hostPath") {
			continue
		}
		item.Document().View(func(root *yaml.Node) {
			for _, r := range replacementsIn(root) {
				source := yamldoc.Get(r, "source")
				if field := yamldoc.Text(source, "fieldPath"); field != "" && writesHostPath(r) {
					at := pathOf(field)
					all[at] = append(all[at], selector{yamldoc.Text(source, "kind"), yamldoc.Text(source, "name")})
				}
			}
		})
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

// isReplacement reports whether kustomize copies the value into a volume of the node: it is the source of a
// replacement, in the object or in what a Kustomization makes an object of.
func (c context) isReplacement() bool {
	if !c.found {
		return false
	}
	if c.field.Name() == "sourceValue" {
		return writesHostPath(c.field.Parent().Node())
	}
	if c.object == nil {
		return false
	}
	kind, name, field := c.kind(), c.object.Name(), c.path
	if list := c.field.Parent(); list.Name() == "literals" {
		kinds := map[string]string{"configMapGenerator": "ConfigMap", "secretGenerator": "Secret"}
		key, _, _ := strings.Cut(c.field.Text(), "=")
		kind, name, field = kinds[list.Parent().Parent().Name()], list.Parent().Text("name"), "data."+key
	}
	return slices.ContainsFunc(c.replaced[field], func(s selector) bool {
		return (s.kind == "" || s.kind == kind) && (s.name == "" || s.name == name)
	})
}
