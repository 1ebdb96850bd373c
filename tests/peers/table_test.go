package peers

import (
	"flag"
	"fmt"
	"os"
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
	begin    = "<!-- measured by tests/peers -->\n"
	end      = "<!-- end -->\n"
	runs     = 5
)

// TestFiguresInTheDocument measures, and compares all but the time with what docs/detection.md says.
func TestFiguresInTheDocument(t *testing.T) {
	dir, all := corpus(t)
	table, times := measure(t, dir, all)
	t.Logf("\n%s%s", table, times)
	text, err := os.ReadFile(document)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(text), begin)
	require.True(t, ok, "no %q in %s", begin, document)
	said, after, ok := strings.Cut(rest, end)
	require.True(t, ok, "no %q in %s", end, document)
	if *update {
		require.NoError(t, os.WriteFile(document, []byte(before+begin+table+times+end+after), 0o644))
		return
	}
	require.Equal(t, table, said[:strings.LastIndex(strings.TrimSuffix(said, "\n"), "\n")+1], "go test -update writes it")
}

// measure prints, by category, how many files each finder reports, and how long it takes over all.
func measure(t *testing.T, dir string, all []manifest) (table, times string) {
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
	for _, uses := range []bool{true, false} {
		var group []manifest
		for c := len(categories) - 1; c >= 0; c-- {
			members := slices.DeleteFunc(slices.Clone(all), func(m manifest) bool { return m.category() != c })
			if categories[c].uses == uses {
				row(counts(categories[c].name, members, found)...)
				group = append(group, members...)
			}
		}
		name := map[bool]string{true: "**found of all that use one**", false: "**wrongly reported**"}[uses]
		row(counts(name, group, found)...)
	}
	return out.String(), "| time over the folder | | " + strings.Join(took, " | ") + " |\n"
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

// reported are the files in which a finder finds something. Each is looked at alone: they come from unrelated projects.
func reported(t *testing.T, f finder, dir string, all []manifest) map[string]bool {
	files := map[string]bool{}
	for _, m := range all {
		files[m.name] = f.finds(t, run(t, "", f.command(filepath.Join(dir, m.name))...))
	}
	return files
}

// timed is the median time of a finder's whole process over the folder.
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
