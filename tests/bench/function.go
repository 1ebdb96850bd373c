package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/boxp/dindify/tests/bench/workload"
)

// shares of what mounts the socket: none, one in a hundred, all.
var shares = []int{0, 100, 1}

// function measures dindify beside a function that does nothing, on the same ResourceLists.
func (b *bench) function() (string, error) {
	t := &table{header: []string{
		"objects", "DooD", "dindify: wall", "CPU", "memory", "nothing: wall", "CPU", "memory", "ratios",
	}}
	for _, n := range b.sizes["function"] {
		for _, every := range shares {
			d := workload.Deployments{Count: n, Every: every}
			if every > 0 && n < every {
				continue // less than one
			}
			pair, err := b.functions(d)
			if err != nil {
				return "", err
			}
			row := append([]string{count(n), d.Share()}, pair[0].cells()...)
			row = append(row, pair[1].cells()...)
			t.add(append(row, pair[0].ratios(pair[1]))...)
		}
	}
	return t.String(), nil
}

// functions measures both, in turns.
func (b *bench) functions(d workload.Deployments) ([]figures, error) {
	ours, err := b.onList(d, false)
	if err != nil {
		return nil, err
	}
	nothing, err := b.onList(d, true)
	if err != nil {
		return nil, err
	}
	return b.inTurns([]subject{ours, nothing})
}

// onList is dindify, or the identity function, with a ResourceList as input.
func (b *bench) onList(d workload.Deployments, identity bool) (subject, error) {
	s := subject{name: fmt.Sprintf("dindify on %d", d.Count), command: []string{"dindify"}, daemons: d.Sockets()}
	if identity {
		s = subject{name: fmt.Sprintf("identity on %d", d.Count), command: []string{"identity"}}
	}
	s.stdin = b.file(fmt.Sprintf("list-%d-%d.yaml", d.Count, d.Every))
	return s, writeFile(s.stdin, d.WriteResourceList)
}

func writeFile(name string, write func(io.Writer) error) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
