package checks

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

// pages are the pages with tables, between <!-- NAME --> and <!-- /NAME -->.
var pages = []string{"README.md", "docs/cluster.md"}

// PublishAll prints and publishes the tables of the last results with the selected parts.
func PublishAll(ctx context.Context) error {
	results, err := LastResults()
	if err != nil || results.Versions == "" {
		return err // there are no results yet
	}
	for _, table := range []struct {
		name     string
		rows     []Row
		variants []string
		print    func([]Row, ...Column) string
	}{
		{"modes", Rows(), columnNames(), Markdown},
		{"summary", Rows(), Modes, Markdown},
		{"marks", Rows(), Modes, Marks},
		{"options", OptionRows(""), OptionModes(), Markdown},
	} {
		text := results.Versions + "\n\n" + table.print(table.rows, results.of(table.variants)...)
		if os.Getenv("DINDIFY_ROWS") == "" {
			fmt.Println(text)
		}
		if err := Publish(ctx, table.name, text); err != nil {
			return err
		}
	}
	return nil
}

// Publish writes a table to the cache directory, under its name and that of the parts, and with DINDIFY_WRITE=1 also
// to the pages that have a place for it.
func Publish(ctx context.Context, name, table string) error {
	name = binaries.Selected().Name + "-" + name
	dir, err := binaries.CacheDir("results")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, name+".md"), []byte(table), 0o644); err != nil {
		return err
	}
	if os.Getenv("DINDIFY_WRITE") != "1" {
		return nil
	}
	root, err := binaries.RepositoryRoot(ctx)
	if err != nil {
		return err
	}
	for _, page := range pages {
		if err := replacePart(filepath.Join(root, page), name, table); err != nil {
			return err
		}
	}
	return nil
}

func replacePart(page, name, table string) error {
	content, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	begin, end := fmt.Sprintf("<!-- %s -->\n", name), fmt.Sprintf("<!-- /%s -->", name)
	before, rest, found := strings.Cut(string(content), begin)
	_, after, closed := strings.Cut(rest, end)
	if !found {
		return nil
	}
	if !closed {
		return fmt.Errorf("%s: %s without %s", page, begin, end)
	}
	return os.WriteFile(page, []byte(before+begin+table+end+after), 0o644)
}
