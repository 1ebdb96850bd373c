package audit

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/report"
)

// summary counts rows by class, and by the first folder in which their paths differ, in lines of that width if
// possible; a width below 1 means one line.
func summary(out io.Writer, rows []Row, width int) {
	byClass, byFolder := map[string]int{}, map[string]int{}
	for _, r := range rows {
		byClass[r.Class]++
	}
	for _, folder := range foldersOf(rows) {
		byFolder[folder]++
	}
	var classes []string
	for _, class := range Classes {
		if n := byClass[class]; n > 0 {
			classes = append(classes, fmt.Sprintf("%d %s", n, class))
		}
	}
	for _, line := range wrap(fmt.Sprintf("%d found: %s", len(rows), strings.Join(classes, ", ")), width) {
		fmt.Fprintln(out, line)
	}
	if len(byFolder) < 2 {
		return
	}
	var folders []string
	for folder := range byFolder {
		folders = append(folders, folder)
	}
	slices.SortFunc(folders, func(a, b string) int {
		if byFolder[a] != byFolder[b] {
			return byFolder[b] - byFolder[a]
		}
		return strings.Compare(a, b)
	})
	const most = 10
	for i, folder := range folders {
		if i == most {
			fmt.Fprintf(out, "  and in %d more folders\n", len(folders)-most)
			break
		}
		fmt.Fprintf(out, "  %d in %s\n", byFolder[folder], report.Plain(folder))
	}
}

// foldersOf returns, for each row, the folder below the common folder of all files.
func foldersOf(rows []Row) []string {
	split := make([][]string, len(rows))
	for i, r := range rows {
		split[i] = strings.Split(filepath.ToSlash(filepath.Dir(r.File)), "/")
	}
	common := 0
	for common < len(split[0]) && !slices.ContainsFunc(split, func(parts []string) bool {
		return common >= len(parts) || parts[common] != split[0][common]
	}) {
		common++
	}
	folders := make([]string, len(rows))
	for i, parts := range split {
		differing := common + 1
		if parts[0] == "" && common == 0 { // the root, beside a relative path
			differing++
		}
		folders[i] = strings.Join(parts[:min(differing, len(parts))], "/")
	}
	return folders
}
