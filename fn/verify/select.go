package verify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
)

// workloads selects the workloads to check: the named ones, or those in the manifests, or every workload of the
// namespace with its own daemon.
func (r *run) workloads(ctx context.Context) ([]*Subject, error) {
	var all []*Subject
	var err error
	switch {
	case len(r.targets) > 0:
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
	for _, t := range r.targets {
		m := r.manifestOf(t, r.Namespace)
		switch {
		case !r.Pre:
			w, err := r.getWorkload(ctx, t.kind, r.Namespace, t.name)
			if notFound(err) {
				err = cmp.Or(r.namespaceThere(ctx), err)
			}
			if err != nil {
				errs = append(errs, fmt.Errorf("%s in namespace %s: %w", t, r.Namespace, err))
				continue
			}
			all = append(all, &Subject{run: r, Workload: w, manifest: m})
		case m == nil:
			errs = append(errs, r.notInFiles(t))
		default:
			if s, err := r.subjectOf(m); err == nil { // or else the check apply fails
				all = append(all, s)
			}
		}
	}
	return all, errors.Join(errs...)
}

// notInFiles returns the error for a named workload that the files do not have in the namespace of the run.
func (r *run) notInFiles(t target) error {
	if m := r.manifestOf(t, ""); m != nil {
		return fmt.Errorf("%s is in namespace %s in the files of -f, not in %s: use -n %s", t, r.namespaceOf(m), r.Namespace,
			r.namespaceOf(m))
	}
	return fmt.Errorf("%s is not in the files of -f", t)
}

// namespaceOf returns the namespace of an object of the files. One without is in the run's namespace.
func (r *run) namespaceOf(m *Manifest) string {
	if m.Namespace != "" {
		return m.Namespace
	}
	return r.Namespace
}

// subjectOf returns a subject for an object of the files, or nil if it makes no pods.
func (r *run) subjectOf(m *Manifest) (*Subject, error) {
	var w *Workload
	var err error
	k, known := m.workloadKind()
	if known {
		w, err = readWorkload(k, m.Raw)
	} else {
		w, err = templateOf(m)
	}
	if w == nil || err != nil {
		return nil, err
	}
	w.Namespace = r.namespaceOf(m)
	s := &Subject{run: r, Workload: w, manifest: m}
	switch {
	case r.Pre:
	case !known:
		s.unread = fmt.Sprintf("verify reads no objects of kind %s in the cluster, only in files with --pre", w.Kind)
	case m.Name == "":
		s.unread = "it has no metadata.name in the files, so that its name in the cluster is not known"
	}
	return s, nil
}

// fromManifests returns the workloads of the files that have a daemon, or should have one. Workloads that the cluster
// does not have are checked as written in the file.
func (r *run) fromManifests(ctx context.Context) ([]*Subject, error) {
	var all []*Subject
	malformed := false // a workload of the files has a field of a wrong type
	for _, m := range r.Manifests {
		s, err := r.subjectOf(m)
		if err != nil && r.Pre {
			malformed = true // the check apply fails
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m, err)
		}
		if s == nil || findEngine(&s.Workload.Template.Spec).Daemon == nil && !usesNodeDocker(&s.Workload.Template) ||
			!r.hasLabels(m) || !slices.ContainsFunc(r.kinds, func(k kind) bool { return k.name == m.Kind }) && len(r.Names) > 0 {
			continue
		}
		if err := s.readLiveWorkload(ctx); err != nil {
			return nil, fmt.Errorf("%s in namespace %s: %w", m, s.namespace(), err)
		}
		all = append(all, s)
	}
	if len(all) == 0 && !malformed {
		return nil, fmt.Errorf("no workload%s in the files of -f has a Docker daemon of its own or uses the node's",
			r.withLabels())
	}
	return all, nil
}

// readLiveWorkload replaces the workload of the files by that of the cluster, or notes that there is none.
func (s *Subject) readLiveWorkload(ctx context.Context) error {
	if s.Pre || s.unread != "" {
		return nil
	}
	live, err := s.getWorkload(ctx, kindOf(s.Workload.Kind), s.namespace(), s.Workload.Name)
	switch {
	case notFound(err):
		s.missing = true
	case err != nil:
		return err
	default:
		s.Workload = live
	}
	return nil
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
	for _, k := range r.kinds {
		path := k.path(namespace)
		if r.Selector != "" {
			path = withQuery(path, "labelSelector", r.Selector)
		}
		found, err := r.listThose(ctx, k, path)
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
		return "the cluster" + r.withLabels()
	}
	return "namespace " + r.Namespace + r.withLabels()
}

// withLabels tells the selector, if there is one.
func (r *run) withLabels() string {
	if r.Selector == "" {
		return ""
	}
	return " with the labels " + r.Selector
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
