package claims

import (
	"strconv"

	"github.com/boxp/dindify/fn/kube"
)

// maxOrdinals limits how many claims of a template are looked up.
const maxOrdinals = 100

// TemplatesField is the field of a StatefulSet with templates, of which each of its pods gets a claim.
const TemplatesField = "volumeClaimTemplates"

// Templates returns these templates.
func Templates(o *kube.Object) []kube.Field {
	return o.Root().Get("spec", TemplatesField).Items()
}

// TemplateNames returns their names, by which containers mount the claims.
func TemplateNames(o *kube.Object) (names []string) {
	for _, t := range Templates(o) {
		names = append(names, t.Text("metadata", "name"))
	}
	return names
}

// OfStatefulSet returns a volume that a claim of the template may be bound to.
func (c *Index) OfStatefulSet(o *kube.Object, name string, spec kube.Field) (bound Volume) {
	replicas, ok := o.Root().Get("spec", "replicas").Int()
	if !ok {
		replicas = 1
	}
	first, _ := o.Root().Get("spec", "ordinals", "start").Int()
	for i := range min(replicas, maxOrdinals) {
		of := claim{o.Namespace(), name + "-" + o.Name() + "-" + strconv.Itoa(first+i)}
		if bound = c.onNode.reserved[of]; bound.Path != "" {
			break
		}
	}
	if bound.Path == "" {
		return c.OfTemplate(o.Namespace(), spec)
	}
	bound.Possibly = true
	return bound
}
