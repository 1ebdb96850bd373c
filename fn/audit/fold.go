package audit

import (
	"strings"

	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/kube"
)

// fold keeps the uses of the objects that own the others, as a live cluster shows them all: of a CronJob, its Jobs and
// their pods, the CronJob's. Without the owner, it keeps the first of each use. Row is the index of the kept use that
// stands for each. Injected are the indexes of kept uses that the owner's template lacks, although it has others.
func fold(uses []*convert.Use) (kept []*convert.Use, row map[*convert.Use]int, injected []int) {
	row = map[*convert.Use]int{}
	known, templates := map[string]int{}, map[string]bool{} // uses, and workloads
	owned, owners := []*convert.Use(nil), owners{}
	keep := func(u *convert.Use, id string) {
		if _, is := known[id]; !is {
			known[id] = len(kept)
		}
		row[u] = len(kept)
		kept = append(kept, u)
	}
	for _, u := range uses {
		name := u.Pod.Object().Ref().String()
		if owner := owner(u.Pod.Object()); owner != "" {
			owned, owners[name] = append(owned, u), owner
			continue
		}
		templates[name] = true
		keep(u, identity(name, u))
	}
	for _, u := range owned {
		workload := owners.top(u.Pod.Object().Ref().String())
		id := identity(workload, u)
		if i, is := known[id]; is {
			row[u] = i
			continue
		}
		if templates[workload] {
			injected = append(injected, len(kept))
		}
		keep(u, id)
	}
	return kept, row, injected
}

// identity identifies a use of a workload in all of its objects.
func identity(workload string, u *convert.Use) string {
	return strings.Join([]string{workload, u.Container.Name(), u.HostPath, u.Mount.Text("mountPath")}, "\x00")
}

// owners are the owners of objects, by name.
type owners map[string]string

// top is the last owner in the chain of an object.
func (o owners) top(name string) string {
	for range 8 { // a Pod, a Job, a CronJob, and what made that; never a circle
		if o[name] == "" {
			return name
		}
		name = o[name]
	}
	return name
}

// owner returns the controller of an object as rows name objects, or "". For a ReplicaSet of a Deployment it is the
// Deployment, whose name is derived from the ReplicaSet's.
func owner(o *kube.Object) string {
	ref := o.Controller()
	if !ref.Exists() {
		return ""
	}
	kind, name := ref.Text("kind"), ref.Text("name")
	if at := strings.LastIndexByte(name, '-'); kind == "ReplicaSet" && at > 0 &&
		o.Label("pod-template-hash") == name[at+1:] {
		kind, name = "Deployment", name[:at]
	}
	if ns := o.Namespace(); ns != "" {
		return kind + "/" + ns + "/" + name
	}
	return kind + "/" + name
}
