package verify

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
)

// reportLeftovers reports on a cluster without a workload to check. What still uses the node's Docker is a finding
// there too. Without one nothing was checked, and it returns the error, unless leftovers were asked for by name.
func (r *run) reportLeftovers(ctx context.Context, rep *Report, none error) (*Report, error) {
	r.namespaces = []string{r.Namespace}
	rep.Checks = r.checkCluster(ctx)
	for _, o := range rep.Checks {
		if o.ID == "leftovers" && (o.Result == Fail || slices.Contains(r.Only, o.ID)) {
			return rep, ctx.Err()
		}
	}
	return nil, r.withRole(ctx, none)
}

// leftovers audits the cluster with the code of `dindify audit`: it finds what still uses the node's Docker.
func (r *run) leftovers(ctx context.Context, namespaces []string) Finding {
	if r.AllNamespaces {
		namespaces = []string{""}
	}
	var objects bytes.Buffer
	var unseen []string
	var failed error
	for _, namespace := range namespaces {
		denied, err := r.collect(ctx, &objects, namespace)
		unseen, failed = append(unseen, denied...), cmp.Or(failed, err)
	}
	rows, err := auditRows(objects.String())
	if err != nil {
		return unknown("audit the files instead: dindify audit FOLDER", "the objects could not be audited: %v", err)
	}
	where := "in namespace " + strings.Join(namespaces, ", ")
	if r.AllNamespaces {
		where = "in the cluster"
	}
	var using, observing []string
	for _, row := range rows {
		line := fmt.Sprintf("%s (%s)", row.Object, row.Class)
		if leftAlone(row) {
			observing = append(observing, line)
		} else {
			using = append(using, line)
		}
	}
	note := ""
	if observed := compact(observing); len(observed) > 0 {
		note = "; left alone: " + strings.Join(observed, ", ")
	}
	switch used := compact(using); {
	case len(used) > 0:
		return fail("kubectl get ... -o yaml | dindify audit - says why and what to do",
			"still use the node's Docker %s: %s%s", where, strings.Join(used, ", "), note)
	case failed != nil:
		return blind(failed, "list what may use the node's Docker")
	case len(unseen) > 0:
		return notAllowed("you may not list %s %s; none of the others uses the node's Docker%s",
			strings.Join(unseen, ", "), where, note)
	}
	return ok("nothing runs containers on the node's Docker %s%s", where, note)
}

// leftAlone reports whether dindify does not convert a use of the node's sockets, because it is not one of its Docker.
func leftAlone(row audit.Row) bool {
	class := discover.Class(row.Class)
	return class == discover.ObserverClass || class == discover.OtherRuntime
}

func compact[T cmp.Ordered](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// collect writes the workloads and volumes of a namespace as YAML documents. It returns the resources that the user may
// not list, and the first other error.
func (r *run) collect(ctx context.Context, out *bytes.Buffer, namespace string) (denied []string, failed error) {
	type source struct{ apiVersion, kind, path, resource string }
	var sources []source
	for _, k := range kinds {
		sources = append(sources, source{k.version, k.name, k.path(namespace), k.resource})
	}
	sources = append(sources,
		source{"v1", "PersistentVolumeClaim", core(namespace, "persistentvolumeclaims"), "persistentvolumeclaims"},
		source{"v1", "PersistentVolume", core("", "persistentvolumes"), "persistentvolumes"})
	for _, s := range sources {
		var found list
		switch err := r.Get(ctx, s.path, &found); {
		case apierrors.IsForbidden(err):
			denied = append(denied, s.resource)
		case err != nil:
			failed = cmp.Or(failed, err)
		}
		for _, raw := range found.Items {
			if document, keep := auditable(raw, s.apiVersion, s.kind); keep {
				out.WriteString("---\n")
				out.Write(document)
				out.WriteString("\n")
			}
		}
	}
	return denied, failed
}

// auditable returns an object of a list with its kind, which the API omits in lists, and without fields that are not
// its configuration. Objects that belong to another workload are skipped: the owner is listed itself.
func auditable(raw []byte, apiVersion, kind string) (document []byte, keep bool) {
	var o anyWorkload
	var object map[string]any
	if json.Unmarshal(raw, &o) != nil || json.Unmarshal(raw, &object) != nil || o.controlled() || o.over() {
		return nil, false
	}
	object["apiVersion"], object["kind"] = apiVersion, kind
	delete(object, "status")
	if meta, isMap := object["metadata"].(map[string]any); isMap {
		delete(meta, "managedFields")
		if annotations, isMap := meta["annotations"].(map[string]any); isMap {
			delete(annotations, "kubectl.kubernetes.io/last-applied-configuration")
			delete(annotations, journal.Annotation) // it names the object's former socket
		}
	}
	document, err := json.Marshal(object)
	return document, err == nil
}

func auditRows(text string) ([]audit.Row, error) {
	file, err := stream.ReadFile("", text)
	if err != nil {
		return nil, err
	}
	rep := &report.Report{}
	_, found := function.Convert(file.Items, rep, func() (config.Spec, []string) {
		spec, problems := config.Load(nil)
		spec.Mode = config.Audit
		return spec, problems
	})
	if found == nil || rep.Failed() {
		return nil, fmt.Errorf("%v", rep.All())
	}
	return audit.Rows(found.Uses), nil
}
