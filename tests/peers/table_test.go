package peers

import (
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the measured table into docs/detection.md")

const (
	document = "../../docs/detection.md"
	readme   = "../../README.md"
	begin    = "<!-- measured by tests/peers -->\n"
	end      = "<!-- end -->\n"
	runs     = 5
)

// TestFiguresInTheDocument measures, and compares all figures except times with docs/detection.md and README.md.
func TestFiguresInTheDocument(t *testing.T) {
	dir, all := corpus(t)
	table, readmeTable, times := measure(t, dir, all)
	t.Logf("\n%s%s", table, times)
	if *update {
		writeSection(t, document, begin, table+times)
		writeSection(t, readme, begin, readmeTable)
		return
	}
	said := section(t, document, begin)
	require.Equal(t, table, said[:strings.LastIndex(strings.TrimSuffix(said, "\n"), "\n")+1], "go test -update writes it")
	require.Equal(t, readmeTable, section(t, readme, begin), "go test -update writes it")
}

// readmeOf returns the table of README.md: the files with a socket that each finder finds, and the others that it
// reports.
func readmeOf(tools []finder, groups map[bool][]manifest, found []map[string]bool) string {
	var out strings.Builder
	uses, others := groups[true], groups[false]
	fmt.Fprintf(&out, "| of %d public manifests |", len(uses)+len(others))
	for _, f := range tools {
		fmt.Fprintf(&out, " %s |", f.name)
	}
	fmt.Fprintf(&out, "\n|%s\n", strings.Repeat(" --- |", len(tools)+1))
	for _, row := range [][]string{
		counts("found, of those that use a runtime's socket", uses, found),
		counts("reported, of those that use none by the index", others, found),
	} {
		fmt.Fprintf(&out, "| %s, %s | %s |\n", row[0], row[1], strings.Join(row[2:], " | "))
	}
	fmt.Fprintln(&out, "| says what the workload does with it, and by what evidence | yes | no | no |")
	return out.String()
}

// measure prints, by category, the number of files that each finder reports, and its time for all.
func measure(t *testing.T, dir string, all []manifest) (table, readmeTable, times string) {
	tools := finders(t)
	var found []map[string]bool
	var took []string
	for _, f := range tools {
		found, took = append(found, reported(t, f, dir, all)), append(took, fmt.Sprintf("%.2f s", timed(t, f, dir).Seconds()))
	}
	var out strings.Builder
	row := func(cells ...string) { fmt.Fprintf(&out, "| %s |\n", strings.Join(cells, " | ")) }
	head := []string{"Files, by what they use", ""}
	for _, f := range tools {
		head = append(head, f.name)
	}
	row(head...)
	row(slices.Repeat([]string{"---"}, len(head))...)
	groups := map[bool][]manifest{}
	for _, uses := range []bool{true, false} {
		var group []manifest
		for c := len(categories) - 1; c >= 0; c-- {
			members := slices.DeleteFunc(slices.Clone(all), func(m manifest) bool { return m.category() != c })
			if categories[c].uses == uses {
				row(counts(categories[c].name, members, found)...)
				group = append(group, members...)
			}
		}
		name := map[bool]string{
			true:  "**found of all that use one**",
			false: "**reported of all that use none, by the index**",
		}[uses]
		row(counts(name, group, found)...)
		groups[uses] = group
	}
	readmeTable = readmeOf(tools, groups, found)
	return out.String(), readmeTable, "| time over the folder | | " + strings.Join(took, " | ") + " |\n"
}

func counts(name string, members []manifest, found []map[string]bool) []string {
	cells := []string{name, fmt.Sprint(len(members))}
	for _, files := range found {
		n := 0
		for _, m := range members {
			if files[m.name] {
				n++
			}
		}
		cells = append(cells, fmt.Sprint(n))
	}
	return cells
}

// reported returns the files with findings. Each file is checked alone: they come from unrelated projects.
func reported(t *testing.T, f finder, dir string, all []manifest) map[string]bool {
	files := map[string]bool{}
	for _, m := range all {
		files[m.name] = f.finds(t, run(t, "", f.command(filepath.Join(dir, m.name))...))
	}
	return files
}

// timed returns the median time of a finder's whole process on the folder.
func timed(t *testing.T, f finder, dir string) time.Duration {
	var times []time.Duration
	for range runs {
		began := time.Now()
		run(t, "", f.command(dir)...)
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	return times[runs/2]
}
