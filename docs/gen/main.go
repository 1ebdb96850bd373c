// Command gen writes the pages that follow from the code into a folder: the functionConfig's schema and reference, the
// results, the man pages. make docs runs it; continuous integration fails where it leaves a difference.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra/doc"

	"github.com/boxp/dindify/fn/cli"
	"github.com/boxp/dindify/fn/schema"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen DIR")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(dir string) error {
	generated, err := schema.Generate()
	if err != nil {
		return err
	}
	asJSON, err := schemaJSON(generated)
	if err != nil {
		return err
	}
	for name, text := range map[string][]byte{
		"functionconfig.schema.json": asJSON,
		"reference.md":               reference(generated),
		"results.md":                 results(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	return manPages(filepath.Join(dir, "man"))
}

func manPages(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root := cli.Command()
	root.DisableAutoGenTag = true
	never := time.Unix(0, 0) // a date would change the pages each day
	return doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "dindify", Manual: "dindify", Date: &never}, dir)
}
