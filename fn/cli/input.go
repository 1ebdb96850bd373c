package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
)

// input is what the arguments of a command name.
type input struct {
	files  []*stream.File
	unread []unread

	audits  bool     // files that are no manifests are read by their lines
	exclude []string // patterns of files and folders to leave out
	checkout
}

// manifests are the files that are read of a folder, by the ends of their names.
var manifests = []string{".yaml", ".yml", ".json"}

// isManifest says whether a file is read as one that is found in a folder, by the end of its name.
func isManifest(name string) bool {
	return slices.ContainsFunc(manifests, func(end string) bool { return strings.HasSuffix(name, end) })
}

// read reads files, folders with all that is below them, and "-" for standard input, which is also what no argument
// means.
func (in *input) read(s Streams, args []string) error {
	if len(args) == 0 {
		if isTerminal(s.In) {
			return errors.New("name files or folders, or - to read standard input")
		}
		args = []string{"-"}
	}
	for _, arg := range args {
		if err := in.readArg(s, arg); err != nil {
			return err
		}
	}
	return nil
}

// readManifests reads the input of verbs that work with YAML alone: templates in a folder are passed over with a
// warning, which names the verb for what a template makes.
func readManifests(s Streams, args, exclude []string, rep *report.Report, verb string) ([]*stream.File, error) {
	in := &input{exclude: exclude}
	if err := in.read(s, args); err != nil {
		return nil, err
	}
	return in.files, in.passOver(rep, verb)
}

func (in *input) readArg(s Streams, arg string) error {
	if arg == "-" {
		text, err := readAll(s.In)
		if err != nil {
			return fmt.Errorf("cannot read standard input: %w", err)
		}
		in.add("", text, nil, true)
		return nil
	}
	info, err := os.Stat(arg)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		in.readFiles([]string{arg}, true)
		return nil
	}
	if in.audits {
		return in.readCheckout(s, arg)
	}
	paths, err := filesBelow(arg, isManifest, isHidden)
	if err != nil {
		return err
	}
	in.readFiles(in.withoutExcluded(arg, paths), false)
	return nil
}

func isHidden(folder string) bool { return strings.HasPrefix(folder, ".") }

// filesBelow lists the files of a folder whose names are wanted, without what is below folders whose names are passed
// over. Symbolic links to files are followed unless the file is in the list anyway; links to folders are not, as in
// most tools.
func filesBelow(folder string, wants, passesOver func(name string) bool) (paths []string, err error) {
	var links []string
	root := folder + string(filepath.Separator) // a folder too where the argument is a link to one
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && passesOver(d.Name()):
			return filepath.SkipDir
		case d.IsDir() || !wants(d.Name()):
		case d.Type()&fs.ModeSymlink != 0:
			links = append(links, path)
		case d.Type().IsRegular(), isManifest(d.Name()): // see refuseSpecial
			paths = append(paths, path)
		}
		return nil
	})
	return append(paths, linkedFiles(links, paths)...), err
}

// linkedFiles are the links that lead to a file that is not among the paths. A broken link stays, for its error.
func linkedFiles(links, paths []string) (all []string) {
	if len(links) == 0 {
		return nil
	}
	known := map[string]bool{}
	for _, path := range paths {
		real, _ := filepath.EvalSymlinks(path)
		known[real] = true
	}
	for _, link := range links {
		real, err := filepath.EvalSymlinks(link)
		info, statErr := os.Stat(link)
		isFile := statErr == nil && (info.Mode().IsRegular() || isManifest(link) && !info.IsDir())
		if err == nil && (!isFile || known[real]) {
			continue
		}
		known[real] = true
		all = append(all, link)
	}
	return all
}

// readFiles reads files on every core.
func (in *input) readFiles(paths []string, named bool) {
	each := make([]input, len(paths))
	for i := range each {
		each[i].audits = in.audits
	}
	_ = parallel.Each(len(paths), func(i int) error { // what cannot be read is noted
		read := readFound
		if named {
			read = readFile
		}
		text, err := read(paths[i])
		each[i].add(paths[i], text, err, named)
		return nil
	})
	for i := range each {
		in.take(&each[i])
	}
}

func (in *input) add(name, text string, err error, named bool) {
	u := unread{name: name, text: text, err: err, named: named}
	if err == nil {
		u.findTemplate(in.audits)
	}
	switch {
	case err != nil, u.template != nil, in.audits && audit.IsText(name):
		in.unread = append(in.unread, u)
	case in.audits:
		in.addEach(u)
	default:
		f, err := stream.ReadFile(name, text)
		if u.err = err; err != nil {
			in.unread = append(in.unread, u)
			return
		}
		in.files = append(in.files, f)
	}
}

// addEach adds the documents of a file that can be read, and those that cannot, for their lines.
func (in *input) addEach(u unread) {
	f, bad := stream.ReadEach(u.name, u.text)
	if len(f.Items) > 0 || len(bad) == 0 {
		in.files = append(in.files, f)
		u.named = false // an audit sees something of the file
	}
	for _, b := range bad {
		u.text, u.above, u.err = b.Text, b.Line-1, b.Err
		in.unread = append(in.unread, u)
	}
}

// readFound reads a file that was found in a folder.
func readFound(path string) (string, error) {
	if err := refuseSpecial(path); err != nil {
		return "", err
	}
	return readFile(path)
}

// refuseSpecial is the error of a pipe, socket or device that was found in a folder: a pipe would wait for somebody who
// writes.
func refuseSpecial(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s: is no regular file, and is read only where an argument names it", path)
	}
	return nil
}

func readFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // it was read only
	return readAll(f)
}

// readAll reads a text that may be large, once: of a file it knows how large.
func readAll(r io.Reader) (string, error) {
	var text strings.Builder
	if f, isFile := r.(*os.File); isFile {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			text.Grow(int(info.Size()))
		}
	}
	_, err := io.Copy(&text, r)
	return text.String(), err
}
