// Package corpus runs dindify on real public manifests. index.tsv has the repository, path and commit of each, with
// the class that an engineer assigned before running any program on it; make corpus fetches them.
package corpus

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
)

//go:embed index.tsv
var index string

// File is a public manifest.
type File struct {
	Name       string // in the corpus folder; its first three characters are its number
	Repository string // on GitHub; "" if unknown
	Path       string // in the repository
	Commit     string
	Sum        string // SHA-256 of the classified text
	Class      string // client, cleanup, observer, unsure, already-dind, or none if it uses no socket
	IsCut      bool   // from a page such as a README: it cannot be fetched as it is here
}

// Number returns the number of the file.
func (f File) Number() string { return f.Name[:3] }

// Matches reports whether a text is the classified one.
func (f File) Matches(text []byte) bool {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]) == f.Sum
}

// Files returns all manifests of the index.
func Files() []File {
	var all []File
	for i, line := range strings.Split(strings.TrimSpace(index), "\n") {
		if i == 0 {
			continue // the heading
		}
		column := strings.Split(line, "\t")
		path, isCut := strings.CutSuffix(column[2], "#")
		f := File{
			Name: column[0], Repository: column[1], Path: path, Commit: column[3], Sum: column[4], Class: column[5],
			IsCut: isCut || column[1] == "-",
		}
		all = append(all, f)
	}
	return all
}

// Dir returns the folder of the manifests: DINDIFY_CORPUS, or one beside the repository, or that of make corpus.
func Dir() string {
	if dir := os.Getenv("DINDIFY_CORPUS"); dir != "" {
		return dir
	}
	if dir := "../../../shared/corpus"; isFolder(dir) {
		return dir
	}
	return Cache()
}

// Cache returns the folder where make corpus writes the manifests.
func Cache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "dindify", "corpus")
}

func isFolder(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}
