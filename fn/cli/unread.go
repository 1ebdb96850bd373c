package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/fn/template"
)

// inputFile is a file of the input, or standard input.
type inputFile struct {
	name  string // "" for standard input
	text  string
	err   error // of reading it
	named bool  // by an argument, and not found in a folder
}

// unread is a file that could not be parsed, or that is not a manifest: a Helm template, a script. Its err is nil for
// a template, and if it is always searched line by line.
type unread struct {
	inputFile
	above    int             // lines of the file above the text
	template *template.Found // of the template, if it is one
	inert    bool            // documentation, or source code
	found    audit.Account   // the mentions, if already found
}

// findTemplate checks whether the file is a template. For an audit, placeholders of envsubst do not count: the file
// parses.
func (u *unread) findTemplate(audits bool) {
	if found, is := template.Find(u.text); is && (!audits || found.Engine != template.Envsubst) {
		u.template = &found
	}
}

// account returns the mentions in the file.
func (u unread) account() audit.Account {
	switch {
	case u.text == "":
		return u.found
	case u.inert:
		return audit.Named(u.name, u.text)
	}
	return audit.Text(u.name, u.text, u.what(), u.above)
}

// readTexts returns the accounts of all of them, read on all cores.
func (in *input) readTexts() []audit.Account {
	texts := make([]audit.Account, len(in.unread))
	_ = parallel.Each(len(texts), func(i int) error { // never fails
		texts[i] = in.unread[i].account()
		return nil
	})
	return texts
}

// what describes why the file is searched line by line.
func (u unread) what() string {
	switch {
	case u.template != nil && u.template.Engine == template.Go:
		return "a template"
	case u.template != nil:
		return "a " + u.template.Name + " template"
	case u.err != nil:
		return "a document that is not YAML"
	}
	return "a file that is not a manifest"
}

// warning returns the warning for a file that is skipped, or searched line by line; "" for a script, which is always
// searched. The templates of a chart share one warning.
func (u unread) warning(verb string) string {
	if u.err == nil && u.template == nil {
		return ""
	}
	if u.template != nil && (u.template.Engine == template.Helm || u.template.Engine == template.Go) {
		if chart := template.Chart(u.name, exists); chart != "" {
			return fmt.Sprintf("%s: the templates of this chart must be rendered first: %s", chart, rendered(chart, verb))
		}
	}
	if u.template != nil {
		return fmt.Sprintf("%s: line %d is a %s template, which must be rendered first: %s",
			stream.InputName(u.name), u.template.Line, u.template.Name, u.template.Hint(verb))
	}
	return u.err.Error()
}

// isFailure reports whether an audit fails because of the file: it is a manifest, by an argument or by its text, and
// cannot be read as one. Its lines are still searched.
func (u unread) isFailure() bool {
	return u.err != nil && u.template == nil && (u.named || u.isBroken())
}

// isForEditors reports whether a file found in a folder is JSON with comments and has no object, such as
// tsconfig.json.
func (u unread) isForEditors() bool {
	return !u.named && filepath.Ext(u.name) == ".json" && u.template == nil && !strings.Contains(u.text, `"apiVersion"`)
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// passOver is for commands that need manifests: what is none in a folder is passed over with a warning. What an
// argument names, and a broken manifest, is an error: it may hold what the conversion of another file depends on.
func (in *input) passOver(rep *report.Report, verb string) error {
	var broken []error
	for _, u := range in.unread {
		switch {
		case u.named && u.template != nil:
			return errors.New(u.warning(verb))
		case u.named:
			return u.err
		case u.isBroken():
			broken = append(broken, u.err)
		default:
			rep.Add(report.Finding{Severity: report.Warning, Reason: report.Because(report.FileSkipped, "skipped: %s",
				u.warning(verb))})
		}
	}
	if len(broken) > 0 {
		return fmt.Errorf("%w; correct it, or leave it out with --exclude", errors.Join(broken...))
	}
	return nil
}

// isElsewhere reports whether an error is about a pipe, a link to a folder, or a link to nothing.
func isElsewhere(err error) bool {
	return errors.Is(err, errSpecial) || errors.Is(err, errLink) || errors.Is(err, fs.ErrNotExist)
}

// isBroken reports whether a file that was found in a folder is a manifest, by its text, and cannot be read.
func (u unread) isBroken() bool {
	if u.err == nil || u.template != nil || isElsewhere(u.err) {
		return false
	}
	return u.text == "" || strings.Contains(u.text, "apiVersion")
}
