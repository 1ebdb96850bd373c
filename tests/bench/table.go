package main

import (
	"fmt"
	"strings"
	"time"
)

// table formats a Markdown table.
type table struct {
	header []string
	rows   [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) String() string {
	var out strings.Builder
	line := func(cells []string) { fmt.Fprintf(&out, "| %s |\n", strings.Join(cells, " | ")) }
	line(t.header)
	fmt.Fprintf(&out, "|%s\n", strings.Repeat(" ---: |", len(t.header)))
	for _, row := range t.rows {
		line(row)
	}
	return out.String()
}

// count formats a number with separated thousands.
func count(n int) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

// duration formats with two or three significant digits.
func duration(d time.Duration) string {
	switch {
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.1f ms", d.Seconds()*1e3)
	case d < time.Second:
		return fmt.Sprintf("%.0f ms", d.Seconds()*1e3)
	case d < 10*time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	default:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
}

func memory(bytes int64) string { return fmt.Sprintf("%.0f MiB", float64(bytes)/(1<<20)) }

// cells returns wall time, CPU time and memory.
func (f figures) cells() []string {
	if f.TimedOut {
		return []string{"> " + duration(f.Wall), "", ""}
	}
	return []string{duration(f.Wall), duration(f.CPU), memory(f.PeakRSS)}
}

// ratios divides f's wall time, CPU time and memory by those of other.
func (f figures) ratios(other figures) string {
	return fmt.Sprintf("%.2f / %.2f / %.2f", f.Wall.Seconds()/other.Wall.Seconds(), f.CPU.Seconds()/other.CPU.Seconds(),
		float64(f.PeakRSS)/float64(other.PeakRSS))
}
