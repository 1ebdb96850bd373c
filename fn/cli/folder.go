package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// below is what a folder has below it.
type below struct {
	files      []string // regular files, then symbolic links to files
	links      []string // symbolic links to folders
	unreadable []error  // of folders
}

func isHidden(folder string) bool { return strings.HasPrefix(folder, ".") }

// findBelow finds the wanted files of a folder that are neither excluded nor read already. Links to folders are not
// followed, as most tools do: one that leads to a folder that is not read is recorded as unread.
func (in *input) findBelow(folder string, wants, passesOver func(name string) bool) below {
	found := in.walk(folder, wants, passesOver)
	in.drop(folder, &found)
	for _, link := range found.links {
		if err := leadsOut(link, folder, passesOver); err != nil {
			in.unread = append(in.unread, unread{inputFile: inputFile{name: link, err: err}})
		}
	}
	return found
}

func (in *input) walk(folder string, wants, passesOver func(name string) bool) (found below) {
	var links []string
	root := folder + string(filepath.Separator) // also a folder, if the argument is a link to one
	visit := func(path string, d fs.DirEntry, err error) (skips bool) {
		isLink := err == nil && d.Type()&fs.ModeSymlink != 0
		switch {
		case err != nil && !in.excludes(folder, path):
			found.unreadable = append(found.unreadable, err)
		case err != nil:
		case d.IsDir():
			return path != root && passesOver(d.Name())
		case isLink && isFolder(path):
			found.links = append(found.links, path)
		case !wants(d.Name()):
		case isLink && isFileOrBroken(path):
			links = append(links, path)
		case d.Type().IsRegular(), !isLink && isManifest(d.Name()): // see refuseSpecial
			found.files = append(found.files, path)
		}
		return false
	}
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error { // errors are recorded
		if visit(path, d, err) {
			return filepath.SkipDir
		}
		return nil
	})
	found.files = append(found.files, links...)
	return found
}

// walkFolders visits a folder and those below it, without hidden ones. A visit may return filepath.SkipDir.
func walkFolders(root string, visit func(folder string) error) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case path != root && isHidden(d.Name()):
			return filepath.SkipDir
		}
		return visit(path)
	})
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// isFileOrBroken reports whether a link is to be read. A broken one is, for its error.
func isFileOrBroken(link string) bool {
	info, err := os.Stat(link)
	return err != nil || info.Mode().IsRegular() || isManifest(link)
}

// drop removes what is excluded, files that were read already, and baselines. A link to an excluded file is excluded.
func (in *input) drop(folder string, found *below) {
	excluded, real := map[string]bool{}, resolver{}
	found.files = slices.DeleteFunc(found.files, func(path string) bool {
		if in.excludes(folder, path) || in.isBaseline(path) {
			excluded[real.path(path)] = true
			return true
		}
		return excluded[real.path(path)] || in.markRead(real.path(path))
	})
	found.links = slices.DeleteFunc(found.links, func(path string) bool { return in.excludes(folder, path) })
}

// markRead records a file as read, and reports whether an earlier argument has named it already.
func (in *input) markRead(realPath string) (already bool) {
	if in.seen == nil {
		in.seen = map[string]bool{}
	}
	was := in.seen[realPath]
	in.seen[realPath] = true
	return was
}

// resolver resolves symbolic links. It keeps the folders, which have many files.
type resolver map[string]string

// path returns the absolute path of a file without symbolic links, or its own path if it is a broken link.
func (r resolver) path(file string) string {
	if info, err := os.Lstat(file); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if real, err := filepath.EvalSymlinks(file); err == nil {
			file = real
		}
	}
	return r.inFolder(file)
}

// inFolder returns the absolute path of a file, whose folders are no symbolic links.
func (r resolver) inFolder(file string) string {
	dir := filepath.Dir(file)
	if _, known := r[dir]; !known {
		r[dir] = realFolder(dir)
	}
	return filepath.Join(r[dir], filepath.Base(file))
}

func realFolder(dir string) string {
	abs, err := filepath.Abs(dir) // which may be below the link that the shell shows as the working directory
	if err != nil {
		return dir
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	return abs
}

// errLink is the error of a link to a folder.
var errLink = errors.New("which is not read; name it as an argument to read it")

// leadsOut returns an error for a link to a folder that the walk of its root does not read.
func leadsOut(link, root string, passesOver func(name string) bool) error {
	real := realFolder(link)
	path, err := filepath.Rel(realFolder(root), real)
	parts := strings.Split(path, string(filepath.Separator))
	if err == nil && parts[0] != ".." && !slices.ContainsFunc(parts, func(name string) bool {
		return name != "." && passesOver(name)
	}) {
		return nil
	}
	return fmt.Errorf("%s: is a link to the folder %s, %w", link, real, errLink)
}

// isBaseline reports whether a file is one of the baselines, which repeats what it knows.
func (in *input) isBaseline(path string) bool {
	return slices.ContainsFunc(in.baselines, func(name string) bool {
		return filepath.Base(path) == filepath.Base(name) && isSameFile(path, name)
	})
}

func isSameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}
