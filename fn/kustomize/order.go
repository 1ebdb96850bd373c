package kustomize

import (
	"bytes"
	"slices"
	"strconv"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc"
)

const indexAnnotation = "dindify.dev/index"

// Sort puts items into kustomize's order: those that the conversion has added stand where kustomize build would have
// put them. kustomize's order is its own secret, so it sorts; but only the identities of the items go through it.
func (r *Result) Sort(items []*kube.Item) ([]*kube.Item, error) {
	if r.sort == nil || !slices.ContainsFunc(items, func(i *kube.Item) bool { return i.Added }) {
		return items, nil
	}
	fs := filesys.MakeFsInMemory()
	kustomization, err := yaml.Marshal(types.Kustomization{Resources: []string{"items.yaml"}, SortOptions: r.sort})
	if err != nil {
		return nil, err
	}
	identities, err := identities(items)
	if err != nil {
		return nil, err
	}
	if err := fs.WriteFile("/kustomization.yaml", kustomization); err != nil {
		return nil, err
	}
	if err := fs.WriteFile("/items.yaml", identities); err != nil {
		return nil, err
	}
	opts := krusty.MakeDefaultOptions()
	opts.Reorder = krusty.ReorderOptionUnspecified
	m, err := krusty.MakeKustomizer(opts).Run(fs, "/")
	if err != nil {
		return nil, err
	}
	sorted := make([]*kube.Item, 0, len(items))
	for _, identity := range m.Resources() {
		i, err := strconv.Atoi(identity.GetAnnotations()[indexAnnotation])
		if err != nil {
			return nil, err
		}
		sorted = append(sorted, items[i])
	}
	return sorted, nil
}

// identities are the items without their content.
func identities(items []*kube.Item) ([]byte, error) {
	var out bytes.Buffer
	for i, item := range items {
		root := item.Document().Root()
		meta := map[string]any{"name": yamldoc.Text(root, "metadata", "name"), "annotations": map[string]string{indexAnnotation: strconv.Itoa(i)}}
		if namespace := yamldoc.Text(root, "metadata", "namespace"); namespace != "" {
			meta["namespace"] = namespace
		}
		text, err := yaml.Marshal(map[string]any{
			"apiVersion": yamldoc.Text(root, "apiVersion"), "kind": yamldoc.Text(root, "kind"), "metadata": meta,
		})
		if err != nil {
			return nil, err
		}
		out.WriteString("---\n")
		out.Write(text)
	}
	return out.Bytes(), nil
}
