package verify

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
)

// drift compares what dindify generated or edited in the files with the objects of the cluster. Fields that only the
// cluster has are ignored: they are defaults, or other controllers added them.
func drift(ctx context.Context, s *Subject) Finding {
	if s.manifest == nil {
		return skip("no file of -f has it")
	}
	want, err := readWorkload(kindOf(s.manifest.Kind), s.manifest.Raw)
	if err != nil {
		return unknown("correct the field in the file of -f", "%s: %v", s.manifest, err)
	}
	differences := s.compareWorkload(want)
	compared := []*Manifest{s.manifest}
	var unread []Finding
	for _, m := range s.Manifests {
		if m == s.manifest || m.Annotations[kube.ServesAnnotation] != s.Workload.String() ||
			s.namespaceOf(m) != s.namespace() {
			continue
		}
		compared = append(compared, m)
		more, err := s.compareGenerated(ctx, m)
		if err != nil {
			unread = append(unread, blind(err, "read %s", m))
		}
		differences = append(differences, more...)
	}
	repeated := s.repeated(compared)
	switch {
	case len(differences) == 0 && len(unread) > 0:
		return unread[0]
	case len(differences) == 0 && repeated != "":
		return warn(removeRepeated, "the cluster has what the files say; %s", repeated)
	case len(differences) == 0:
		return ok("the daemon, its volumes, the clients' connection and the clean-up are as in the files")
	}
	const shown = 6
	if more := len(differences) - shown; more > 0 {
		differences = append(differences[:shown], fmt.Sprintf("and %d more", more))
	}
	for _, f := range unread {
		differences = append(differences, f.Text)
	}
	if repeated != "" {
		differences = append(differences, repeated)
	}
	return fail("apply the files; or see who changes the object: kubectl get --show-managed-fields", "%s",
		strings.Join(differences, "; "))
}

// compareWorkload compares the parts of the pod that dindify writes, and the journal.
func (s *Subject) compareWorkload(want *Workload) []string {
	var all []string
	if want.Annotations[journal.Annotation] != s.Workload.Annotations[journal.Annotation] {
		all = append(all, "metadata.annotations["+journal.Annotation+"] differs")
	}
	return append(all, subset("spec", ours(&want.Template.Spec), ours(&s.Workload.Template.Spec))...)
}

// ours returns a pod reduced to what dindify writes.
func ours(pod *corev1.PodSpec) any {
	e := findEngine(pod)
	reduced := corev1.PodSpec{
		Volumes: pod.Volumes, HostNetwork: pod.HostNetwork, HostAliases: pod.HostAliases, HostUsers: pod.HostUsers,
		RuntimeClassName: pod.RuntimeClassName, TerminationGracePeriodSeconds: pod.TerminationGracePeriodSeconds,
		SecurityContext: pod.SecurityContext,
	}
	keep := func(list []corev1.Container) (kept []corev1.Container) {
		for i := range list {
			switch c := &list[i]; {
			case e.Daemon != nil && c.Name == e.Daemon.Name, c == e.Pruner:
				kept = append(kept, *c)
			case slices.Contains(e.Clients, c):
				kept = append(kept, corev1.Container{Name: c.Name, Env: dockerEnv(c.Env), VolumeMounts: c.VolumeMounts})
			}
		}
		return kept
	}
	reduced.InitContainers, reduced.Containers = keep(pod.InitContainers), keep(pod.Containers)
	return plain(reduced)
}

func dockerEnv(env []corev1.EnvVar) (kept []corev1.EnvVar) {
	for _, v := range env {
		if strings.HasPrefix(v.Name, "DOCKER_") {
			kept = append(kept, v)
		}
	}
	return kept
}

// plain returns a value as decoded JSON. Quantities are then in their canonical form, as in the API server.
func plain(v any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // the API's types have no cycles and no channels
	}
	var out any
	_ = json.Unmarshal(raw, &out) // encoded by the line above
	return out
}

// compareGenerated compares an object that was generated for the workload.
func (s *Subject) compareGenerated(ctx context.Context, m *Manifest) ([]string, error) {
	path, found := generatedPath(m, s.namespace())
	if !found {
		return nil, nil
	}
	var raw []byte
	if err := s.Get(ctx, path, &raw); notFound(err) {
		return []string{m.String() + " is not there"}, nil
	} else if err != nil {
		return nil, err
	}
	want, err := typed(m.Kind, m.Raw)
	if err != nil {
		return nil, err
	}
	have, err := typed(m.Kind, raw)
	if err != nil {
		return nil, err
	}
	return subset(m.String(), want, have), nil
}

func generatedPath(m *Manifest, namespace string) (string, bool) {
	switch m.Kind {
	case "ServiceAccount":
		return core(namespace, "serviceaccounts", m.Name), true
	case "Role":
		return group("rbac.authorization.k8s.io/v1", namespace, "roles", m.Name), true
	case "RoleBinding":
		return group("rbac.authorization.k8s.io/v1", namespace, "rolebindings", m.Name), true
	case "CronJob":
		return group("batch/v1", namespace, "cronjobs", m.Name), true
	}
	return "", false
}

// typed decodes the relevant part of a generated object by its type, so that values are in canonical form.
func typed(kind string, raw []byte) (any, error) {
	switch kind {
	case "Role":
		var role rbacv1.Role
		err := json.Unmarshal(raw, &role)
		return plain(map[string]any{"rules": role.Rules}), err
	case "RoleBinding":
		var binding rbacv1.RoleBinding
		err := json.Unmarshal(raw, &binding)
		return plain(map[string]any{"roleRef": binding.RoleRef, "subjects": binding.Subjects}), err
	case "CronJob":
		job, err := readCronJob(raw)
		if err != nil {
			return nil, err
		}
		job.Spec.JobTemplate.Spec.Template.CreationTimestamp.Reset()
		return plain(map[string]any{
			"schedule": job.Spec.Schedule, "template": job.Spec.JobTemplate.Spec.Template.Spec,
		}), nil
	}
	return nil, nil
}

// subset lists the differences between the wanted value and the current one, by the path of each field. Entries of
// lists are matched by name, or else by index.
func subset(at string, want, have any) []string {
	switch want := want.(type) {
	case map[string]any:
		have, _ := have.(map[string]any)
		var all []string
		for _, key := range slices.Sorted(maps.Keys(want)) {
			all = append(all, subset(at+"."+key, want[key], have[key])...)
		}
		return all
	case []any:
		have, _ := have.([]any)
		var all []string
		for i, entry := range want {
			all = append(all, subset(at+"["+entryName(entry, i)+"]", entry, sameEntry(have, entry, i))...)
		}
		return all
	}
	if reflect.DeepEqual(want, have) || want == nil {
		return nil
	}
	if have == nil {
		return []string{fmt.Sprintf("%s is %v in the file, and not set in the cluster", at, want)}
	}
	return []string{fmt.Sprintf("%s is %v in the file, and %v in the cluster", at, want, have)}
}

// entryKeys are the fields that identify entries of lists.
var entryKeys = []string{"mountPath", "name", "ip"}

func entryName(entry any, i int) string {
	if m, isMap := entry.(map[string]any); isMap {
		for _, key := range entryKeys {
			if name, found := m[key]; found {
				return fmt.Sprint(name)
			}
		}
	}
	return fmt.Sprint(i)
}

func sameEntry(list []any, entry any, i int) any {
	if _, isMap := entry.(map[string]any); isMap && entryName(entry, i) != fmt.Sprint(i) {
		for j, other := range list {
			if entryName(other, j) == entryName(entry, i) {
				return other
			}
		}
		return nil
	}
	if i < len(list) {
		return list[i]
	}
	return nil
}
