package audit

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// summary counts rows by class, and by the first folder in which the files differ.
func summary(out io.Writer, rows []Row) {
	byClass, byFolder := map[string]int{}, map[string]int{}
	for _, r := range rows {
		byClass[r.Class]++
		byFolder[filepath.Dir(r.File)]++
	}
	var classes []string
	for _, class := range Classes {
		if n := byClass[class]; n > 0 {
			classes = append(classes, fmt.Sprintf("%d %s", n, class))
		}
	}
	fmt.Fprintf(out, "%d found: %s\n", len(rows), strings.Join(classes, ", "))
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
		fmt.Fprintf(out, "  %d in %s\n", byFolder[folder], folder)
	}
}
