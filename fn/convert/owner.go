package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// owner is the object whose controller made another one.
type owner struct {
	report.Object
	inInput bool
}

func (o owner) title() string { return o.Kind + "/" + o.Name }

// ownerOf follows metadata.ownerReferences of an object to the one that nothing owns, as far as the input has the
// objects on the way; ok is false where no controller made the object. What a controller made it makes again from its
// own template, so a conversion of it would not last.
func (c *Conversion) ownerOf(o *kube.Object) (top owner, ok bool) {
	for range 8 { // a Pod, a ReplicaSet, a Deployment, and what made that; never a circle
		ref := o.Controller()
		if !ref.Exists() {
			return top, ok
		}
		next := c.Set.Find(kube.GroupOf(ref.Text("apiVersion")), ref.Text("kind"), o.Namespace(), ref.Text("name"))
		if next == nil {
			return owner{Object: report.Object{
				APIVersion: ref.Text("apiVersion"), Kind: ref.Text("kind"), Namespace: o.Namespace(), Name: ref.Text("name"),
			}}, true
		}
		top, ok, o = owner{next.Ref(), true}, true, next
	}
	return top, ok
}

// reportOwner says once for each owner what becomes of the objects that its controller made.
func (s *discovery) reportOwner(top owner) {
	f := report.Finding{Severity: report.Info, Object: top.Object, Reason: report.Because(report.Owned,
		"objects of the input that use the node's Docker are made by its controller: they are left alone, and made anew "+
			"from its template")}
	if !top.inInput {
		f.Severity = report.Warning
		f.Reason = report.Because(report.Owned,
			"objects of the input that use the node's Docker are made by its controller, and it is not in the input itself: "+
				"they are left alone; look at the manifest that makes them")
	}
	s.report.Add(f)
}
