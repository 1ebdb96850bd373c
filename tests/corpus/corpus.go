// Package corpus holds dindify against real public manifests. index.tsv names each by repository, path and commit, with
// the class that an engineer gave it before anything was run on it; make corpus fetches them.
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
	Name       string // in the folder of the corpus; its first three characters are its number
	Repository string // on GitHub; "" where it is not known
	Path       string // in the repository
	Commit     string
	Sum        string // SHA-256 of the text that was judged
	Class      string // client, cleanup, observer, unsure, already-dind, or none where it uses no socket
	IsCut      bool   // out of a page, such as a README: it cannot be fetched as it stands here
}

// Number of the file.
func (f File) Number() string { return f.Name[:3] }

// Matches says whether a text is the one that was judged.
func (f File) Matches(text []byte) bool {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]) == f.Sum
}

// Files are all manifests of the index.
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

// Dir is the folder of the manifests: DINDIFY_CORPUS, or one beside the repository, or where make corpus puts them.
func Dir() string {
	if dir := os.Getenv("DINDIFY_CORPUS"); dir != "" {
		return dir
	}
	if dir := "../../../shared/corpus"; isFolder(dir) {
		return dir
	}
	return Cache()
}

// Cache is where make corpus puts the manifests.
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
