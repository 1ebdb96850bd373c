package verify

import (
	"context"
	"slices"
	"strings"
)

// Complete returns the arguments with which a command line can go on, for a shell's completion: workloads with a daemon
// and kinds, the workloads of the kind that the word begins with, or names after a kind. args are the words before. An
// argument that ends with a slash needs a name. Without an answer from the cluster there are only the kinds.
func Complete(ctx context.Context, cluster Cluster, namespace string, args []string, word string) []string {
	r := newRun(cluster, Options{Namespace: namespace})
	kindName, _, hasName := strings.Cut(word, "/")
	var all []string
	switch _, _, separate := separateKind(slices.Concat(args, []string{word})); {
	case separate:
		all = r.namesOf(ctx, args[0], "")
	case hasName:
		all = r.namesOf(ctx, kindName, kindName+"/")
	default:
		for _, k := range kinds {
			all = append(all, k.resource+"/")
		}
		subjects, _ := r.workloads(ctx) // a shell cannot show an error
		for _, s := range subjects {
			all = append(all, strings.ToLower(s.Workload.Kind)+"/"+s.Workload.Name)
		}
	}
	var fitting []string
	for _, one := range all {
		if strings.HasPrefix(one, word) {
			fitting = append(fitting, one)
		}
	}
	return fitting
}

// namesOf returns the names of the workloads of a kind that no other workload controls and that have not ended, each
// after a prefix.
func (r *run) namesOf(ctx context.Context, kindName, prefix string) (names []string) {
	k, known := findKind(kindName)
	if !known {
		return nil
	}
	found, _ := r.listWorkloads(ctx, k, r.Namespace)
	for _, w := range found {
		if !w.controlled && !w.over {
			names = append(names, prefix+w.Name)
		}
	}
	return names
}

// Namespaces returns the names of the cluster's namespaces.
func Namespaces(ctx context.Context, cluster Cluster) (names []string) {
	var found struct {
		Items []struct {
			Metadata struct{ Name string }
		}
	}
	_ = cluster.Get(ctx, core("", "namespaces"), &found) // a shell cannot show an error
	for _, one := range found.Items {
		names = append(names, one.Metadata.Name)
	}
	return names
}
