package main

import (
	"errors"
	"io"
	"os"

	"github.com/boxp/dindify/tests/bench/workload"
)

// shares of objects that mount the socket: none, one in a hundred, all.
var shares = []int{0, 100, 1}

// function compares dindify with a function that does nothing, on the same ResourceLists.
func (b *bench) function() (string, error) {
	t := &table{header: []string{
		"objects", "DooD", "dindify: wall", "CPU", "memory", "nothing: wall", "CPU", "memory", "ratios",
	}}
	for _, n := range b.sizes["function"] {
		for _, every := range shares {
			d := workload.Deployments{Count: n, Every: every}
			if every > 0 && n < every {
				continue // less than one object
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

// functions measures both alternately.
func (b *bench) functions(in workload.Input) ([]figures, error) {
	ours, err := b.onList(in, false)
	if err != nil {
		return nil, err
	}
	nothing, err := b.onList(in, true)
	if err != nil {
		return nil, err
	}
	return b.inTurns([]subject{ours, nothing})
}

// onList returns dindify, or the identity function, with a ResourceList as input.
func (b *bench) onList(in workload.Input, identity bool) (subject, error) {
	s := subject{name: "dindify on " + in.Name(), command: []string{"dindify"}, daemons: in.Sockets()}
	if identity {
		s = subject{name: "identity on " + in.Name(), command: []string{"identity"}}
	}
	s.stdin = b.file(in.Name())
	return s, writeFile(s.stdin, in.WriteResourceList)
}

func writeFile(name string, write func(io.Writer) error) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
