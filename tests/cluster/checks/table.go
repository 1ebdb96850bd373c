package checks

import (
	"fmt"
	"strings"
)

// Column is a variant's findings by row ID.
type Column struct {
	Variant  string // its name
	Title    string
	Findings map[string]Finding
}

// Markdown prints rows and columns as a table, with a mark at unexpected findings.
func Markdown(rows []Row, columns ...Column) string { return tabulate(rows, columns, text) }

// Marks prints the same table with nothing but a mark in each cell.
func Marks(rows []Row, columns ...Column) string { return tabulate(rows, columns, mark) }

func tabulate(rows []Row, columns []Column, cell func(Finding) string) string {
	var table strings.Builder
	table.WriteString("| What was looked at |")
	for _, column := range columns {
		fmt.Fprintf(&table, " %s |", column.Title)
	}
	table.WriteString("\n|---|" + strings.Repeat("---|", len(columns)) + "\n")
	for _, row := range rows {
		fmt.Fprintf(&table, "| %s |", row.Title)
		for _, column := range columns {
			table.WriteString(" " + cell(column.Findings[row.ID]) + " |")
		}
		table.WriteString("\n")
	}
	return table.String()
}

func mark(finding Finding) string {
	switch {
	case finding.Text == "":
		return "?"
	case finding.Good:
		return "✓"
	default:
		return "✗"
	}
}

func text(finding Finding) string {
	switch {
	case finding.Text == "":
		return "not looked at"
	case finding.Good:
		return finding.Text
	default:
		return "✗ " + finding.Text
	}
}
