package convert

import (
	"strconv"

	"github.com/boxp/dindify/fn/kube"
)

// maxOrdinals limits how many claims of a template are looked up.
const maxOrdinals = 100

// volumeClaimTemplates is the field of a StatefulSet with templates, of which each of its pods gets a claim.
const volumeClaimTemplates = "volumeClaimTemplates"

// claimTemplates returns these templates.
func claimTemplates(o *kube.Object) []kube.Field {
	return o.Root().Get("spec", volumeClaimTemplates).Items()
}

// templateNames returns their names, by which containers mount the claims.
func templateNames(o *kube.Object) (names []string) {
	for _, t := range claimTemplates(o) {
		names = append(names, t.Text("metadata", "name"))
	}
	return names
}

// ofStatefulSet returns a volume that a claim of the template may be bound to.
func (c *claimIndex) ofStatefulSet(o *kube.Object, name string, spec kube.Field) (bound boundVolume) {
	replicas, ok := o.Root().Get("spec", "replicas").Int()
	if !ok {
		replicas = 1
	}
	first, _ := o.Root().Get("spec", "ordinals", "start").Int()
	for i := range min(replicas, maxOrdinals) {
		of := claim{o.Namespace(), name + "-" + o.Name() + "-" + strconv.Itoa(first+i)}
		if bound = c.onNode.reserved[of]; bound.path != "" {
			break
		}
	}
	if bound.path == "" {
		return c.ofTemplate(o.Namespace(), spec)
	}
	bound.possibly = true
	return bound
}
