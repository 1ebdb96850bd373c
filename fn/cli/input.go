package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/starter"
	"github.com/boxp/dindify/fn/stream"
)

// input is the set of files of a command's arguments.
type input struct {
	files  []*stream.File
	unread []unread

	audits    bool            // files that are not manifests are searched line by line
	exclude   []string        // patterns of files and folders to exclude
	baselines []string        // files of an audit's own
	seen      map[string]bool // files that were read, without symbolic links
	failed    []error         // what an audit could not read
	checkout
}

// manifests lists the extensions of the files that are read from a folder.
var manifests = []string{".yaml", ".yml", ".json"}

// isManifest reports whether a file in a folder is read as a manifest, by its extension.
func isManifest(name string) bool {
	return slices.ContainsFunc(manifests, func(end string) bool { return strings.HasSuffix(name, end) })
}

// read reads files, folders recursively, and standard input for "-" or without arguments.
func (in *input) read(s Streams, args []string) error {
	if len(args) == 0 {
		if IsTerminal(s.In) {
			return errors.New("pass files or folders, or - for standard input")
		}
		args = []string{"-"}
	}
	if err := checkPatterns(in.exclude); err != nil {
		return err
	}
	for _, arg := range args {
		if err := in.readArg(s, arg); err != nil && !in.audits {
			return err
		} else if err != nil {
			in.failed = append(in.failed, err)
		}
	}
	return nil
}

// readManifests reads the input of verbs that work with YAML alone: templates in a folder are passed over with a
// warning, which names the verb for what a template makes.
func readManifests(s Streams, args, exclude []string, rep *report.Report, verb string) ([]*stream.File, error) {
	for _, arg := range args {
		if starter.IsChart(arg) {
			return nil, chartError(arg, verb)
		}
	}
	in := &input{exclude: exclude}
	if err := in.read(s, args); err != nil {
		return nil, err
	}
	return in.files, in.passOver(rep, verb)
}

// chartError refuses a chart folder, and names the command line for what its templates make.
func chartError(folder, verb string) error {
	return fmt.Errorf("%s is a Helm chart, whose templates must be rendered first: %s", folder, rendered(folder, verb))
}

// rendered returns the command line of a verb for what the templates of a chart make.
func rendered(chart, verb string) string {
	chart = starter.Quote(chart)
	if verb == initVerb {
		return "dindify init -- helm template my-release " + chart + ", with your values"
	}
	return fmt.Sprintf("helm template %s | dindify %s -", chart, verb)
}

func (in *input) readArg(s Streams, arg string) error {
	if arg == "-" {
		text, err := readAll(s.In)
		if err != nil {
			return fmt.Errorf("cannot read standard input: %w", err)
		}
		in.add(inputFile{text: text, named: true})
		return nil
	}
	if arg == "" {
		return errors.New("an argument is empty: it must be a file, a folder or -")
	}
	info, err := os.Stat(arg)
	if err != nil {
		return pathError(err)
	}
	if !info.IsDir() {
		if !in.markRead(resolver{}.path(arg)) {
			text, err := readFile(arg)
			in.add(inputFile{arg, text, err, true})
		}
		return nil
	}
	if in.audits {
		in.readCheckout(s, arg)
		return nil
	}
	below := in.findBelow(arg, isManifest, isHidden)
	if len(below.unreadable) > 0 {
		return errors.Join(below.unreadable...)
	}
	in.readFound(below.files)
	return nil
}

// readFound reads files that were found in a folder, on all cores.
func (in *input) readFound(paths []string) {
	each := make([]input, len(paths))
	for i := range each {
		each[i].audits = in.audits
	}
	_ = parallel.Each(len(paths), func(i int) error { // errors are recorded
		text, err := readRegular(paths[i])
		each[i].add(inputFile{name: paths[i], text: text, err: err})
		return nil
	})
	for i := range each {
		in.take(&each[i])
	}
}

// add adds a file: as documents, or as unread.
func (in *input) add(f inputFile) {
	if in.audits && f.err == nil && f.name != "" && !isManifest(f.name) {
		if isBinary(f.text) {
			in.noText = append(in.noText, f.name)
			return
		}
		f.text = inUTF8(f.text)
	}
	if in.audits && f.err == nil && f.name != "" && isOther(f.name, f.text) {
		in.searched++
		in.addText(f.name, f.text)
		return
	}
	u := unread{inputFile: f}
	if u.err == nil {
		u.findTemplate(in.audits)
	}
	switch {
	case u.err != nil, u.template != nil, in.audits && audit.IsText(u.name):
		in.unread = append(in.unread, u)
	case in.audits:
		in.addEach(u)
	default:
		read, err := stream.ReadFile(u.name, u.text)
		if u.err = err; err != nil {
			in.unread = append(in.unread, u)
			return
		}
		in.files = append(in.files, read)
	}
}

// addEach adds the readable documents of a file, and the other ones to be searched line by line.
func (in *input) addEach(u unread) {
	f, bad := stream.ReadEach(u.name, u.text)
	if len(f.Items) > 0 || len(bad) == 0 {
		in.files = append(in.files, f)
	}
	for _, b := range bad {
		u.text, u.above, u.err = b.Text, b.Line-1, b.Err
		in.unread = append(in.unread, u)
	}
}

// readRegular reads a file that was found in a folder.
func readRegular(path string) (string, error) {
	if err := refuseSpecial(path); err != nil {
		return "", err
	}
	return readFile(path)
}

var errSpecial = errors.New("is not a regular file: name it as an argument to read it")

// refuseSpecial is the error of a pipe, socket or device that was found in a folder: reading a pipe waits for a
// writer.
func refuseSpecial(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s: %w", path, errSpecial)
	}
	return nil
}

func readFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", pathError(err)
	}
	defer func() { _ = f.Close() }() // opened for reading only
	return readAll(f)
}
