package discover

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// owner is the object whose controller created another one.
type owner struct {
	report.Object
	inInput bool
}

func (o owner) title() string { return o.Kind + "/" + o.Name }

// ownerOf follows metadata.ownerReferences of an object to the top owner, as far as the input has the objects; ok is
// false if no controller created the object. The controller would overwrite a conversion from its own template.
func (f *Finder) ownerOf(o *kube.Object) (top owner, ok bool) {
	for range 8 { // a Pod, a ReplicaSet, a Deployment, and its creator; this also ends cycles
		ref := o.Controller()
		if !ref.Exists() {
			return top, ok
		}
		next := f.set.Find(kube.GroupOf(ref.Text("apiVersion")), ref.Text("kind"), o.Namespace(), ref.Text("name"))
		if next == nil {
			return owner{Object: report.Object{
				APIVersion: ref.Text("apiVersion"), Kind: ref.Text("kind"), Namespace: o.Namespace(), Name: ref.Text("name"),
			}}, true
		}
		top, ok, o = owner{Object: next.Ref(), inInput: true}, true, next
	}
	return top, ok
}

// reportOwner reports once per owner that its objects are not converted.
func (s *discovery) reportOwner(top owner) {
	f := report.Finding{Severity: report.Info, Object: top.Object, Reason: report.Because(report.Owned,
		"its controller creates objects of the input that use the node's Docker: they are not converted, but created again "+
			"from its template")}
	if !top.inInput {
		f.Severity = report.Warning
		f.Reason = report.Because(report.Owned,
			"its controller creates objects of the input that use the node's Docker, but it is not in the input itself: "+
				"they are not converted; convert the owner's manifest")
	}
	s.report.Add(f)
}
