package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/fn/template"
)

// unread is a file that could not be read, or that is no manifest: a Helm template, a script.
type unread struct {
	name     string
	text     string
	above    int             // lines of the file above the text
	err      error           // nil for a template, and for a file that is read by its lines in any case
	named    bool            // by an argument; else it was found in a folder
	template *template.Found // where it is one
	inert    bool            // a document, or a program's source
	found    audit.Account   // what its lines name, where they were read already
}

// findTemplate looks whether the file is a template. For an audit what envsubst fills in is none: it parses.
func (u *unread) findTemplate(audits bool) {
	if found, is := template.Find(u.text); is && (!audits || found.Engine != template.Envsubst) {
		u.template = &found
	}
}

// account lists what the lines of the file name.
func (u unread) account() audit.Account {
	switch {
	case u.text == "":
		return u.found
	case u.inert:
		return audit.Named(u.name, u.text)
	}
	return audit.Text(u.name, u.text, u.what(), u.above)
}

// readTexts are the accounts of all of them, read on every core.
func (in *input) readTexts() []audit.Account {
	texts := make([]audit.Account, len(in.unread))
	_ = parallel.Each(len(texts), func(i int) error { // which never fails
		texts[i] = in.unread[i].account()
		return nil
	})
	return texts
}

// what says why the file is read by its lines.
func (u unread) what() string {
	switch {
	case u.template != nil && u.template.Engine == template.Go:
		return "a template"
	case u.template != nil:
		return "a " + u.template.Name + " template"
	case u.err != nil:
		return "a document that is no YAML"
	}
	return "a file that is no manifest"
}

// warning is what people are told of a file that is passed over, or read by its lines; "" for a script, which is always
// read so. The templates of a chart have one warning together.
func (u unread) warning(verb string) string {
	if u.err == nil && u.template == nil {
		return ""
	}
	if u.template != nil && (u.template.Engine == template.Helm || u.template.Engine == template.Go) {
		if chart := template.Chart(u.name, exists); chart != "" {
			return fmt.Sprintf("%s: the templates of this chart are no manifests: helm template %s | dindify %s -", chart, chart,
				verb)
		}
	}
	if u.template != nil {
		return fmt.Sprintf("%s: line %d is a %s template, and no manifest until it is rendered: %s",
			stream.InputName(u.name), u.template.Line, u.template.Name, u.template.Hint(verb))
	}
	return u.err.Error()
}

// isForEditors says whether a file that was found in a folder is JSON with comments and holds no object, such as
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
			rep.Add(report.Finding{Severity: report.Warning, Reason: report.Because(report.FileSkipped, "passed over: %s",
				u.warning(verb))})
		}
	}
	if len(broken) > 0 {
		return fmt.Errorf("%w; correct it, or leave it out with --exclude", errors.Join(broken...))
	}
	return nil
}

// isBroken says whether a file that was found in a folder is a manifest, by its text, and cannot be read.
func (u unread) isBroken() bool {
	if u.err == nil || u.template != nil || errors.Is(u.err, fs.ErrNotExist) { // a link that leads nowhere
		return false
	}
	return u.text == "" || strings.Contains(u.text, "apiVersion")
}

func (in *input) withoutExcluded(folder string, paths []string) []string {
	return slices.DeleteFunc(paths, func(path string) bool { return in.excludes(folder, path) })
}

func excludeFlag(cmd *cobra.Command, patterns *[]string) {
	cmd.Flags().StringSliceVar(patterns, "exclude", nil, "files and folders to leave out: patterns such as vendor or "+
		"*.test.yaml")
}

// excludes says whether one of the patterns matches a file below a folder: its name, one of its folders, or its path
// from there.
func (in *input) excludes(folder, file string) bool {
	path, err := filepath.Rel(folder, file)
	if err != nil {
		path = file
	}
	path = filepath.ToSlash(path)
	return slices.ContainsFunc(in.exclude, func(pattern string) bool {
		pattern = strings.TrimSuffix(filepath.ToSlash(pattern), "/")
		if ok, _ := filepath.Match(pattern, path); ok || strings.HasPrefix(path, pattern+"/") {
			return true
		}
		return slices.ContainsFunc(strings.Split(path, "/"), func(part string) bool {
			ok, _ := filepath.Match(pattern, part)
			return ok
		})
	})
}
