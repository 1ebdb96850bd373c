package kustomize

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/resid"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc"
)

// FileNames are those that kustomize build gives to the items in a folder: group, version, kind and name, with the
// namespace in front where there is more than one.
func FileNames(items []*kube.Item) []string {
	names := make([]string, len(items))
	var namespaces []string
	for i, item := range items {
		namespaces = append(namespaces, identity(item).EffectiveNamespace())
		names[i] = strings.ToLower(identity(item).StringWoEmptyField()+"_"+identity(item).Name) + ".yaml"
	}
	several := slices.DeleteFunc(slices.Clone(namespaces), func(n string) bool { return n == resid.TotallyNotANamespace })
	if slices.Sort(several); len(slices.Compact(several)) < 2 {
		return names
	}
	for i, namespace := range namespaces {
		if namespace != resid.TotallyNotANamespace {
			names[i] = strings.ToLower(namespace) + "_" + names[i]
		}
	}
	return names
}

func identity(item *kube.Item) resid.ResId {
	root := item.Document().Root()
	group, version := resid.ParseGroupVersion(yamldoc.Text(root, "apiVersion"))
	return resid.NewResIdWithNamespace(resid.NewGvk(group, version, yamldoc.Text(root, "kind")),
		yamldoc.Text(root, "metadata", "name"), yamldoc.Text(root, "metadata", "namespace"))
}
