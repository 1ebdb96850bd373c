package main

import "github.com/boxp/dindify/tests/bench/workload"

// gitops compares dindify with a function that does nothing, on realistic inputs: a generated repository, and
// handwritten workloads that are all converted.
func (b *bench) gitops() (string, error) {
	t := &table{header: []string{
		"input", "objects", "dindify: wall", "CPU", "memory", "nothing: wall", "CPU", "memory", "ratios",
	}}
	for _, n := range b.sizes["gitops"] {
		for _, of := range []struct {
			name string
			workload.Input
		}{{"repository, 1 % DooD", workload.GitOps{Count: n}}, {"by hand, 100 % DooD", workload.Handwritten{Count: n}}} {
			pair, err := b.functions(of.Input)
			if err != nil {
				return "", err
			}
			row := append([]string{of.name, count(n)}, pair[0].cells()...)
			row = append(row, pair[1].cells()...)
			t.add(append(row, pair[0].ratios(pair[1]))...)
		}
	}
	return t.String(), nil
}
