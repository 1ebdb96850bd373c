package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/boxp/dindify/tests/bench/usage"
)

// subject is a program with its input.
type subject struct {
	name    string
	command []string // its program is on the PATH
	stdin   string   // file; "" for none
	daemons int      // required in the output: a program that does not do the work is not measured
}

// figures are the medians of a subject's runs.
type figures struct {
	usage.Usage
	Runs int
}

// often is the factor of additional runs for subjects that take milliseconds, because other load on the machine can
// take as long.
const often = 20

// inTurns runs all subjects alternately, as often as requested.
func (b *bench) inTurns(subjects []subject) ([]figures, error) {
	all := make([][]usage.Usage, len(subjects))
	turns := b.runs
	for turn := 0; turn < turns; turn++ {
		if turn == 1 && !slices.ContainsFunc(all, func(runs []usage.Usage) bool { return runs[0].Wall > b.short }) {
			turns *= often
		}
		for i, s := range subjects {
			if turn > 0 && all[i][0].Wall > b.long {
				continue
			}
			u, err := b.once(s)
			if err != nil {
				return nil, err
			}
			all[i] = append(all[i], u)
		}
	}
	medians := make([]figures, len(subjects))
	for i, runs := range all {
		medians[i] = medianOf(runs)
	}
	return medians, nil
}

func (b *bench) once(s subject) (usage.Usage, error) {
	stdout, stderr, result := b.file("stdout"), b.file("stderr"), b.file("result")
	diagnostics, err := os.Create(stderr)
	if err != nil {
		return usage.Usage{}, err
	}
	defer func() { _ = diagnostics.Close() }()
	stdin := cmp.Or(s.stdin, os.DevNull)
	cmd := exec.Command(b.file("once"), append([]string{result, b.timeout.String(), stdin, stdout}, s.command...)...)
	cmd.Dir, cmd.Stderr = b.file("peers"), diagnostics
	if err := cmd.Run(); err != nil {
		return usage.Usage{}, fmt.Errorf("%s: %w: %s", s.name, err, tail(stderr))
	}
	u, err := usage.Read(result)
	switch {
	case err != nil || u.TimedOut:
		return u, err
	case u.Exit != 0:
		return u, fmt.Errorf("%s ends with status %d: %s", s.name, u.Exit, tail(stderr))
	}
	out, err := os.ReadFile(stdout)
	if got := bytes.Count(out, []byte("name: dind-daemon")); err == nil && got != s.daemons {
		err = fmt.Errorf("%s made %d daemons, not %d: %s", s.name, got, s.daemons, tail(stderr))
	}
	return u, err
}

func medianOf(runs []usage.Usage) figures {
	m := figures{Runs: len(runs)}
	m.TimedOut = slices.ContainsFunc(runs, func(u usage.Usage) bool { return u.TimedOut })
	m.Wall = median(runs, func(u usage.Usage) time.Duration { return u.Wall })
	m.CPU = median(runs, func(u usage.Usage) time.Duration { return u.CPU })
	m.PeakRSS = median(runs, func(u usage.Usage) int64 { return u.PeakRSS })
	return m
}

// median returns the middle value, or the lower of the two middle values.
func median[T cmp.Ordered](runs []usage.Usage, of func(usage.Usage) T) T {
	values := make([]T, len(runs))
	for i, u := range runs {
		values[i] = of(u)
	}
	slices.Sort(values)
	return values[(len(values)-1)/2]
}

func tail(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-1000):])
}
