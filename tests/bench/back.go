package main

import (
	"os"
	"path/filepath"

	"github.com/boxp/dindify/tests/bench/workload"
)

// back measures a run on an earlier conversion, which it reverts first, and a revert alone.
func (b *bench) back() (string, error) {
	t := &table{header: []string{"documents", "run", "wall", "CPU", "memory"}}
	for _, n := range b.sizes["back"] {
		before, after := b.file(filepath.Join("peers", "before.yaml")), b.file(filepath.Join("peers", "after.yaml"))
		if err := writeFile(before, workload.Deployments{Count: n, Every: 1}.WriteStream); err != nil {
			return "", err
		}
		subjects := []subject{
			{name: "convert", command: []string{"dindify", "convert", before}, daemons: n},
			{name: "convert what is converted", command: []string{"dindify", "convert", after}, daemons: n},
			{name: "revert", command: []string{"dindify", "revert", after}},
		}
		if _, err := b.once(subjects[0]); err != nil {
			return "", err
		}
		if err := os.Rename(b.file("stdout"), after); err != nil {
			return "", err
		}
		measured, err := b.inTurns(subjects)
		if err != nil {
			return "", err
		}
		for i, m := range measured {
			t.add(append([]string{count(n), subjects[i].name}, m.cells()...)...)
		}
	}
	return t.String(), nil
}
