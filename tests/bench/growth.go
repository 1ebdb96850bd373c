package main

import (
	"os"

	"github.com/boxp/dindify/tests/bench/chart"
	"github.com/boxp/dindify/tests/bench/workload"
)

// line is a program on growing numbers of objects.
type line struct {
	name, colour string
	every        int
	identity     bool
	most         int // objects; 0 for no limit
}

// If all are converted, the output is five times the input, which no real build is: this line stops early, and so does
// the identity function, which would need 20 GB.
var lines = []line{
	{name: "dindify, 0 % DooD", colour: "#0969da"},
	{name: "dindify, 1 % DooD", colour: "#1a7f37", every: 100},
	{name: "dindify, 100 % DooD", colour: "#8250df", every: 1, most: 10_000},
	{name: "does nothing, with kyaml", colour: "#bc4c00", every: 100, identity: true, most: 10_000},
}

// growth measures growing inputs, as a table and as a plot.
func (b *bench) growth() (string, error) {
	t := &table{header: []string{"objects"}}
	time := chart.Panel{Title: "CPU time", Unit: "s"}
	space := chart.Panel{Title: "Peak memory", Unit: "MiB"}
	for _, l := range lines {
		t.header = append(t.header, l.name)
		time.Lines = append(time.Lines, chart.Line{Name: l.name, Colour: l.colour})
		space.Lines = append(space.Lines, chart.Line{Name: l.name, Colour: l.colour})
	}
	for _, n := range b.sizes["growth"] {
		measured, err := b.across(n)
		if err != nil {
			return "", err
		}
		row := []string{count(n)}
		for i := range lines {
			m, ok := measured[i]
			if !ok {
				row = append(row, "")
				continue
			}
			row = append(row, duration(m.CPU)+", "+memory(m.PeakRSS))
			time.Lines[i].Add(float64(n), m.CPU.Seconds())
			space.Lines[i].Add(float64(n), float64(m.PeakRSS)/(1<<20))
		}
		t.add(row...)
	}
	if b.plot == "" {
		return t.String(), nil
	}
	return t.String(), os.WriteFile(b.plot, []byte(chart.Draw("objects", time, space)), 0o644)
}

// across measures all lines that extend to n, by their index.
func (b *bench) across(n int) (map[int]figures, error) {
	var subjects []subject
	var of []int
	for i, l := range lines {
		if l.most > 0 && n > l.most {
			continue
		}
		s, err := b.onList(workload.Deployments{Count: n, Every: l.every}, l.identity)
		if err != nil {
			return nil, err
		}
		subjects, of = append(subjects, s), append(of, i)
	}
	measured, err := b.inTurns(subjects)
	byLine := map[int]figures{}
	for i, m := range measured {
		byLine[of[i]] = m
	}
	return byLine, err
}
