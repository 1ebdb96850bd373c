package verify

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/labels"
)

// target is a workload that an argument names.
type target struct {
	kind kind
	name string
}

// String is KIND/name.
func (t target) String() string { return t.kind.name + "/" + t.name }

// parse reads the names and the selector of the options.
func (r *run) parse() (err error) {
	if r.Selector == "" {
		r.targets, err = parseTargets(r.Names)
		return err
	}
	if r.labels, err = labels.Parse(r.Selector); err != nil {
		return fmt.Errorf("-l %s: %w", r.Selector, err)
	}
	if r.Pre {
		r.documents = slices.DeleteFunc(slices.Clone(r.documents), func(m *Manifest) bool { return !r.hasLabels(m) })
		r.keepLast()
		if len(r.documents) == 0 {
			return fmt.Errorf("no object in the files of -f has the labels %s", r.Selector)
		}
	}
	if len(r.Names) > 0 {
		r.kinds, err = parseKinds(r.Names)
	}
	return err
}

// hasLabels reports whether an object of the files is selected.
func (r *run) hasLabels(m *Manifest) bool { return r.labels.Matches(labels.Set(m.Labels)) }

// parseTargets reads arguments as kubectl does: KIND/NAME..., or KIND NAME.... Each workload is returned once.
func parseTargets(args []string) (all []target, err error) {
	pairs := make([]string, 0, len(args))
	if kindName, names, separate := separateKind(args); separate {
		for _, name := range names {
			pairs = append(pairs, kindName+"/"+name)
		}
	} else {
		pairs = append(pairs, args...)
	}
	var errs []error
	for _, pair := range pairs {
		t, err := parseTarget(pair)
		switch {
		case err != nil:
			errs = append(errs, err)
		case !slices.ContainsFunc(all, func(other target) bool { return other.String() == t.String() }):
			all = append(all, t)
		}
	}
	return all, errors.Join(errs...)
}

// separateKind returns the kind and the names of arguments like deploy openhands.
func separateKind(args []string) (kindName string, names []string, separate bool) {
	if len(args) < 2 || strings.Contains(args[0], "/") {
		return "", nil, false
	}
	_, known := findKind(args[0])
	return args[0], args[1:], known
}

func parseTarget(pair string) (target, error) {
	kindName, name, found := strings.Cut(pair, "/")
	k, known := findKind(kindName)
	switch {
	case known && !found:
		return target{}, fmt.Errorf("%s needs a name: %s/NAME", pair, pair)
	case !found || !known || name == "" || strings.Contains(name, "/"):
		return target{}, fmt.Errorf("%s: must be KIND/NAME, with one of the kinds %s", pair, kindNames())
	}
	return target{k, name}, nil
}

// parseKinds reads arguments that are kinds, as kubectl does with a selector: KIND or KIND,KIND.
func parseKinds(args []string) (all []kind, err error) {
	var errs []error
	for name := range strings.SplitSeq(strings.Join(args, ","), ",") {
		k, known := findKind(name)
		switch {
		case strings.Contains(name, "/") || !known && len(args) > 1:
			errs = append(errs, fmt.Errorf("%s: -l takes kinds and no names", name))
		case !known:
			errs = append(errs, fmt.Errorf("%s: must be one of the kinds %s", name, kindNames()))
		}
		all = append(all, k)
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
