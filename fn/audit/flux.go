package audit

import (
	"encoding/base64"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc"
)

// copier copies values to other places.
type copier struct{ does, advice string }

var (
	byKustomize    = copier{"kustomize (replacements, vars) writes into a path of the node", advicePatch}
	bySubstitution = copier{
		"Flux (postBuild) substitutes in manifests",
		"audit the rendered output: flux build kustomization … | dindify audit -",
	}
	byValues = copier{"Flux (valuesFrom) sets in a chart's values", adviceValues}
)

// addFlux adds the fields that a Kustomization of Flux substitutes from other objects, and those that a HelmRelease
// puts into values (fluxcd.io/flux/components/kustomize/kustomizations, .../helm/helmreleases).
func (r replaced) addFlux(item *kube.Item, text string) {
	if !strings.Contains(text, "substituteFrom") && !strings.Contains(text, "targetPath") {
		return
	}
	item.Document().View(func(root *yaml.Node) {
		for _, object := range append(yamldoc.Items(root, "items"), root) {
			for _, from := range yamldoc.Items(object, "spec", "postBuild", "substituteFrom") {
				r.addFrom(from, "*", bySubstitution)
			}
			for _, from := range yamldoc.Items(object, "spec", "valuesFrom") {
				if key := yamldoc.Text(from, "valuesKey"); key != "" && yamldoc.Text(from, "targetPath") != "" {
					r.addFrom(from, key, byValues)
				}
			}
		}
	})
}

func (r replaced) addFrom(object *yaml.Node, key string, by copier) {
	at := "data." + key
	r[at] = append(r[at], selector{yamldoc.Text(object, "kind"), yamldoc.Text(object, "name"), by})
}

// fluxData is the field by which all values of an object are recorded; "" for a field that is none of them.
func fluxData(field string) string {
	if !strings.HasPrefix(field, "data.") {
		return ""
	}
	return "data.*"
}

// isWholeText reports whether the mention is the whole value of its field, which may be in base64.
func (c context) isWholeText() bool {
	text := strings.TrimSpace(c.field.Text())
	if c.encoded {
		decoded, _ := base64.StdEncoding.DecodeString(text) // was decoded before
		text = strings.TrimSpace(string(decoded))
	}
	return text == c.m.Path
}
