package audit

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/kube"
)

// fold keeps the uses of the objects that own the others, as a live cluster shows them all: of a CronJob, its Jobs and
// their pods, the CronJob's. Without the owner, it keeps the first of each use. Row is the index of the kept use that
// stands for each. Injected are the indexes of kept uses that the owner's template lacks, although it has others.
func fold(uses []*discover.Use) (kept []*discover.Use, row map[*discover.Use]int, injected []int) {
	row = map[*discover.Use]int{}
	known, templates := map[string]int{}, map[string]bool{} // uses, and workloads
	owned, owners, ids := []*discover.Use(nil), owners{}, uidsOf(uses)
	keep := func(u *discover.Use, id string) {
		if _, is := known[id]; !is {
			known[id] = len(kept)
		}
		row[u] = len(kept)
		kept = append(kept, u)
	}
	for _, u := range uses {
		name := ids.nameOf(u.Pod.Object())
		if owner := ids.ownerOf(u.Pod.Object()); owner != "" {
			owned, owners[name] = append(owned, u), owner
			continue
		}
		templates[name] = true
		keep(u, identity(name, u))
	}
	for _, u := range owned {
		workload := owners.top(ids.nameOf(u.Pod.Object()))
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
func identity(workload string, u *discover.Use) string {
	return strings.Join([]string{workload, u.Container.Name(), u.HostPath, u.Mount.Text("mountPath")}, "\x00")
}

// owners are the owners of objects, by name.
type owners map[string]string

// top is the last owner in the chain of an object.
func (o owners) top(name string) string {
	for range 8 { // a Pod, a Job, a CronJob, and what created that; this also ends cycles
		if o[name] == "" {
			return name
		}
		name = o[name]
	}
	return name
}

// uids are those of the objects of each name. Manifests have none.
type uids map[string][]string

func uidsOf(uses []*discover.Use) uids {
	all := uids{}
	for _, u := range uses {
		name, uid := u.Pod.Object().Ref().String(), u.Pod.Object().Text("metadata", "uid")
		if uid != "" && !slices.Contains(all[name], uid) {
			all[name] = append(all[name], uid)
		}
	}
	return all
}

// nameOf returns the name of an object, with its UID.
func (all uids) nameOf(o *kube.Object) string {
	return all.name(o.Ref().String(), o.Text("metadata", "uid"))
}

// name returns a name that differs for objects of different UIDs, as of two clusters. An unknown UID is the first one.
func (all uids) name(name, uid string) string {
	switch known := all[name]; {
	case len(known) == 0:
		return name
	case uid == "":
		uid = known[0]
	}
	return name + "\x00" + uid
}

// ownerOf returns the controller of an object, or "". For a ReplicaSet of a Deployment it is the Deployment, whose name
// is derived from the ReplicaSet's and whose UID is not known.
func (all uids) ownerOf(o *kube.Object) string {
	ref := o.Controller()
	if !ref.Exists() {
		return ""
	}
	kind, name, uid := ref.Text("kind"), ref.Text("name"), ref.Text("uid")
	if at := strings.LastIndexByte(name, '-'); kind == "ReplicaSet" && at > 0 &&
		o.Label("pod-template-hash") == name[at+1:] {
		kind, name, uid = "Deployment", name[:at], ""
	}
	if ns := o.Namespace(); ns != "" {
		name = ns + "/" + name
	}
	return all.name(kind+"/"+name, uid)
}
