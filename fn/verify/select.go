package verify

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// workloads selects the workloads to check: the named ones, or those in the manifests, or every workload of the
// namespace with its own daemon.
func (r *run) workloads(ctx context.Context) ([]*Subject, error) {
	var all []*Subject
	var err error
	switch {
	case len(r.Names) > 0:
		all, err = r.named(ctx)
	case len(r.Manifests) > 0:
		all, err = r.fromManifests(ctx)
	default:
		all, err = r.everyWorkload(ctx)
	}
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		s.Spec = &s.Workload.Template.Spec
		s.engineOf = findEngine(s.Spec)
	}
	return all, nil
}

func (r *run) named(ctx context.Context) ([]*Subject, error) {
	var all []*Subject
	var errs []error
	for _, name := range r.Names {
		kindName, rest, found := strings.Cut(name, "/")
		k, known := findKind(kindName)
		if !found || !known || rest == "" || strings.Contains(rest, "/") {
			errs = append(errs, fmt.Errorf("%s: must be KIND/NAME, with one of the kinds %s", name, kindNames()))
			continue
		}
		m := r.manifestIn(k.name, r.Namespace, rest)
		if r.Pre {
			if m == nil {
				errs = append(errs, fmt.Errorf("%s is not in the files of -f", name))
				continue
			}
			if s, err := r.subjectOf(k, m); err != nil {
				r.malformed[m] = err
			} else {
				all = append(all, s)
			}
			continue
		}
		w, err := r.getWorkload(ctx, k, r.Namespace, rest)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s in namespace %s: %w", name, r.Namespace, err))
			continue
		}
		all = append(all, &Subject{run: r, Workload: w, manifest: m})
	}
	return all, errors.Join(errs...)
}

func kindNames() string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return strings.Join(names, ", ")
}

// namespaceOf returns the namespace of an object of the files. One without is in the run's namespace.
func (r *run) namespaceOf(m *Manifest) string {
	if m.Namespace != "" {
		return m.Namespace
	}
	return r.Namespace
}

// subjectOf returns a subject for an object of a manifest.
func (r *run) subjectOf(k kind, m *Manifest) (*Subject, error) {
	w, err := readWorkload(k, m.Raw)
	if err != nil {
		return nil, err
	}
	w.Namespace = r.namespaceOf(m)
	return &Subject{run: r, Workload: w, manifest: m}, nil
}

// fromManifests returns the workloads of the files that have a daemon, or should have one. Workloads that the cluster
// does not have are checked as written in the file.
func (r *run) fromManifests(ctx context.Context) ([]*Subject, error) {
	var all []*Subject
	for _, m := range r.Manifests {
		k, known := findKind(m.Kind)
		if !known {
			continue
		}
		s, err := r.subjectOf(k, m)
		if err != nil && r.Pre {
			r.malformed[m] = err
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m, err)
		}
		if findEngine(&s.Workload.Template.Spec).Daemon == nil && !usesNodeDocker(&s.Workload.Template) {
			continue
		}
		if !r.Pre {
			live, err := r.getWorkload(ctx, k, s.namespace(), m.Name)
			switch {
			case notFound(err):
				s.missing = true
			case err != nil:
				return nil, fmt.Errorf("%s in namespace %s: %w", m, s.namespace(), err)
			default:
				s.Workload = live
			}
		}
		all = append(all, s)
	}
	if len(all) == 0 && len(r.malformed) == 0 {
		return nil, errors.New("no workload in the files of -f has a Docker daemon of its own or uses the node's")
	}
	return all, nil
}

// everyWorkload returns all workloads with a daemon. Kinds that the user may not list are skipped, unless that leaves
// none.
func (r *run) everyWorkload(ctx context.Context) ([]*Subject, error) {
	namespace := r.Namespace
	if r.AllNamespaces {
		namespace = ""
	}
	var all []*Subject
	var errs []error
	for _, k := range kinds {
		found, err := r.listWorkloads(ctx, k, namespace)
		if err != nil {
			errs = append(errs, fmt.Errorf("list %s: %w", k.resource, err))
			continue
		}
		for _, w := range found {
			if findEngine(&w.Template.Spec).Daemon != nil && !w.controlled && !w.over {
				all = append(all, &Subject{run: r, Workload: w})
			}
		}
	}
	if len(all) == 0 {
		return nil, errors.Join(append(errs, r.noDaemon(ctx, len(errs) > 0))...)
	}
	return all, nil
}

// noDaemon returns why there is no workload to check.
func (r *run) noDaemon(ctx context.Context, unseen bool) error {
	if err := r.namespaceThere(ctx); err != nil {
		return err
	}
	return &noDaemonError{r.where(), unseen}
}

// namespaceThere returns an error if the namespace of the run does not exist.
func (r *run) namespaceThere(ctx context.Context) error {
	if !r.AllNamespaces && notFound(r.Get(ctx, core("", "namespaces", r.Namespace), nil)) {
		return fmt.Errorf("namespace %s does not exist", r.Namespace)
	}
	return nil // a user who may not read it is told by what follows
}

// where names what a run without names and files looks at.
func (r *run) where() string {
	if r.AllNamespaces {
		return "the cluster"
	}
	return "namespace " + r.Namespace
}

// noDaemonError says that there is no workload to check.
type noDaemonError struct {
	where  string
	unseen bool // some kinds could not be listed
}

func (e *noDaemonError) Error() string {
	if e.unseen {
		return fmt.Sprintf("it is not known which workloads in %s have a Docker daemon of their own", e.where)
	}
	return fmt.Sprintf("no workload in %s has a Docker daemon of its own; -n, -A, KIND/NAME or -f say where to look",
		e.where)
}
