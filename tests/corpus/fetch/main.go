// Command fetch downloads the public manifests of tests/corpus/index.tsv into a folder, each at its commit. Existing
// files stay. It exits 1 if one is not available, and lists those that differ from the classified text.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/boxp/dindify/tests/corpus"
)

func main() {
	from := flag.String("from", "https://raw.githubusercontent.com", "where files are, as REPOSITORY/COMMIT/PATH below it")
	flag.Parse()
	dir := corpus.Cache()
	if flag.NArg() > 0 {
		dir = flag.Arg(0)
	}
	if err := fetch(os.Stdout, *from, dir, corpus.Files()); err != nil {
		fmt.Fprintf(os.Stderr, "fetch: %v\n", err)
		os.Exit(1)
	}
}

// fetch downloads the missing files of the folder.
func fetch(out io.Writer, from, dir string, files []corpus.File) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var errs []error
	got, there, cut := 0, 0, 0
	for _, f := range files {
		to := filepath.Join(dir, f.Name)
		_, err := os.Stat(to)
		switch {
		case err == nil:
			there++
			continue
		case f.IsCut:
			cut++
			continue
		}
		text, err := download(from + "/" + f.Repository + "/" + f.Commit + "/" + f.Path)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", f.Name, err))
			continue
		}
		if !f.Matches(text) {
			fmt.Fprintf(out, "%s is not the text that was judged\n", f.Name)
		}
		if err := os.WriteFile(to, text, 0o644); err != nil {
			return err
		}
		got++
	}
	fmt.Fprintf(out, "%s: %d fetched, %d there already, %d missing; %d were cut out of pages and are not to be had\n", dir,
		got, there, len(errs), cut)
	if len(errs) > 3 {
		errs = append(errs[:3], fmt.Errorf("and %d more", len(errs)-3))
	}
	return errors.Join(errs...)
}

var client = http.Client{Timeout: 30 * time.Second}

func download(url string) ([]byte, error) {
	resp, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }() // the body was read to its end
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, resp.Status)
	}
	return io.ReadAll(io.LimitReader(resp.Body, 8<<20))
}
