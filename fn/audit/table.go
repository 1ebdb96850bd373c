package audit

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/boxp/dindify/fn/report"
)

// Layout describes the output of a table.
type Layout struct {
	Width int  // columns of the terminal; 0 if the output is not a terminal, which gives one line per row
	Color bool // of classes
}

// colors of the classes on a terminal.
var colors = map[string]string{
	"client": "31", "cleanup": "33", "unsure": "33", "observer": "36", "owned": "33", "other": "36",
	Broken: "31", Acknowledged: "2",
}

// Table prints rows and mentions for people, and a summary.
func Table(out io.Writer, a Account, l Layout) error {
	if len(a.Rows) > 0 {
		l.rows(out, a.Rows)
	}
	if len(a.Mentions) > 0 {
		if len(a.Rows) > 0 {
			fmt.Fprintln(out)
		}
		l.mentions(out, a.Mentions)
	}
	if len(a.Rows) > 0 {
		fmt.Fprintln(out)
		summary(out, a.Rows, l.Width)
	}
	return nil
}

func (l Layout) rows(out io.Writer, rows []Row) {
	cells := [][]string{{"CLASS", "OBJECT", "WHERE", "CONTAINER", "PATH ON THE NODE", "REASON"}}
	for _, r := range rows {
		cells = append(cells, []string{r.Class, orDash(r.Object), r.where(), orDash(r.Container), r.HostPath, r.Reason})
	}
	l.print(out, cells)
}

// mentions prints a line per object, or per file without objects, with the reasons of its mentions.
func (l Layout) mentions(out io.Writer, mentions []Mention) {
	cells := [][]string{{"MENTIONED ONLY", "WHERE", "LINES", "REASON"}}
	for _, group := range grouped(mentions) {
		var reasons, lines []string
		said, last := map[string]bool{}, 0
		for _, m := range group {
			if !said[m.Reason] {
				said[m.Reason], reasons = true, append(reasons, m.Reason)
			}
			if m.Line != last {
				last, lines = m.Line, append(lines, strconv.Itoa(m.Line))
			}
		}
		const most = 4
		if len(lines) > most {
			lines = append(lines[:most], "…")
		}
		cells = append(cells, []string{
			orDash(group[0].Object), orDash(group[0].File), strings.Join(lines, ","),
			strings.Join(reasons, "; "),
		})
	}
	l.print(out, cells)
}

// grouped groups mentions by object or file, in the order of lines.
func grouped(mentions []Mention) (groups [][]Mention) {
	at := map[[2]string]int{}
	for _, m := range mentions {
		key := [2]string{m.File, m.Object}
		i, known := at[key]
		if !known {
			i = len(groups)
			at[key], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], m)
	}
	for _, group := range groups {
		slices.SortStableFunc(group, func(a, b Mention) int { return a.Line - b.Line })
	}
	return groups
}

// print aligns cells in columns. On a terminal the last cell is wrapped if needed.
func (l Layout) print(out io.Writer, cells [][]string) {
	last := len(cells[0]) - 1
	before := 0
	for column := range last {
		width := 0
		for _, row := range cells {
			width = max(width, len([]rune(row[column])))
		}
		before += width + 2
	}
	if l.Width > 0 && l.Width-before < 24 {
		l.stacked(out, cells)
		return
	}
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for _, row := range cells {
		lines := wrap(row[last], l.Width-before)
		fmt.Fprintln(w, strings.Join(append(plain(row[:last]), lines[0]), "\t"))
		for _, line := range lines[1:] {
			fmt.Fprintln(w, strings.Repeat("\t", last)+line)
		}
	}
	_ = w.Flush()
	_, _ = io.WriteString(out, l.colored(text.String()))
}

// stacked prints a row on several lines, for narrow terminals: as many cells per line as fit, the reason below.
func (l Layout) stacked(out io.Writer, cells [][]string) {
	last := len(cells[0]) - 1
	for _, line := range wrap(strings.Join(cells[0], ", "), l.Width) {
		fmt.Fprintln(out, line)
	}
	for _, row := range cells[1:] {
		lines := []string{}
		for _, cell := range plain(row[:last]) {
			n := len(lines) - 1
			switch {
			case cell == "-":
			case n >= 0 && len([]rune(lines[n]))+2+len([]rune(cell)) <= l.Width:
				lines[n] += "  " + cell
			case n >= 0: // a path may have blanks in it
				for _, line := range wrap(cell, l.Width-4) {
					lines = append(lines, "    "+line)
				}
			default:
				lines = append(lines, cell)
			}
		}
		for _, line := range wrap(row[last], l.Width-4) {
			lines = append(lines, "    "+line)
		}
		fmt.Fprint(out, l.colored(strings.Join(lines, "\n")+"\n"))
	}
}

func (l Layout) colored(text string) string {
	if !l.Color {
		return text
	}
	var out strings.Builder
	for line := range strings.Lines(text) {
		class := line[:strings.IndexAny(line, " \n")]
		if color := colors[class]; color != "" {
			line = "\x1b[" + color + "m" + class + "\x1b[0m" + line[len(class):]
		}
		out.WriteString(line)
	}
	return out.String()
}

// wrap breaks a text at blanks into lines of at most width characters, if possible; a width below 1 means one line.
func wrap(text string, width int) []string {
	text = report.Plain(text)
	if width < 1 {
		return []string{text}
	}
	lines := []string{""}
	for word := range strings.FieldsSeq(text) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case len([]rune(*last))+1+len([]rune(word)) <= width:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	return lines
}

// plain removes control characters of manifests, and tabs, from the cells.
func plain(cells []string) []string {
	out := make([]string, len(cells))
	for i, cell := range cells {
		out[i] = report.Plain(cell)
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
