package yamldoc

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// ReadAll parses the documents of a text, such as a manifest in a field, for reading only. It returns the roots up to
// the first document that is not YAML or exceeds a limit.
func ReadAll(text string) (roots []*yaml.Node) {
	if t, err := read(text, fast.Read); err == nil && t.root != nil {
		return []*yaml.Node{t.root}
	}
	dec := yaml.NewDecoder(strings.NewReader(text))
	for {
		root, err := decode(dec)
		if err != nil || root == nil || (&checker{}).check(root) != nil {
			return roots
		}
		roots = append(roots, root)
	}
}
