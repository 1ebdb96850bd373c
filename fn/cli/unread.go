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

// unread is a file that could not be parsed, or that is not a manifest: a Helm template, a script.
type unread struct {
	name     string
	text     string
	above    int             // lines of the file above the text
	err      error           // nil for a template, and for a file that is always searched line by line
	named    bool            // by an argument, and not found in a folder
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
			return fmt.Sprintf("%s: the templates of this chart must be rendered first: helm template %s | dindify %s "+
				"-", chart, chart,
				verb)
		}
	}
	if u.template != nil {
		return fmt.Sprintf("%s: line %d is a %s template, which must be rendered first: %s",
			stream.InputName(u.name), u.template.Line, u.template.Name, u.template.Hint(verb))
	}
	return u.err.Error()
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

// isBroken says whether a file that was found in a folder is a manifest, by its text, and cannot be read.
func (u unread) isBroken() bool {
	isElsewhere := errors.Is(u.err, errSpecial) || errors.Is(u.err, fs.ErrNotExist) // a pipe, or a link to nothing
	if u.err == nil || u.template != nil || isElsewhere {
		return false
	}
	return u.text == "" || strings.Contains(u.text, "apiVersion")
}

// withoutExcluded removes the files of a folder that are excluded, that were read already, or that are a baseline.
func (in *input) withoutExcluded(folder string, paths []string) []string {
	return slices.DeleteFunc(paths, func(path string) bool {
		return in.excludes(folder, path) || in.isRead(path) || in.isBaseline(path)
	})
}

// isRead reports whether a file was read for an earlier argument, and otherwise records it as read.
func (in *input) isRead(path string) bool {
	path = filepath.Clean(path)
	if in.seen == nil {
		in.seen = map[string]bool{}
	}
	was := in.seen[path]
	in.seen[path] = true
	return was
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

func excludeFlag(cmd *cobra.Command, patterns *[]string) {
	cmd.Flags().StringSliceVar(patterns, "exclude", nil, "files and folders to leave out: patterns such as vendor or "+
		"*.test.yaml")
}

// excludes reports whether a pattern matches a file below a folder: its name, one of its folders, or its path from
// there.
func (in *input) excludes(folder, file string) bool {
	path, err := filepath.Rel(folder, file)
	if err != nil {
		path = file
	}
	path = filepath.ToSlash(path)
	return slices.ContainsFunc(in.exclude, func(pattern string) bool {
		pattern = strings.TrimPrefix(strings.TrimSuffix(filepath.ToSlash(pattern), "/"), "./")
		for _, name := range []string{path, filepath.ToSlash(filepath.Clean(file))} {
			if ok, _ := filepath.Match(pattern, name); ok || strings.HasPrefix(name, pattern+"/") {
				return true
			}
		}
		return slices.ContainsFunc(strings.Split(path, "/"), func(part string) bool {
			ok, _ := filepath.Match(pattern, part)
			return ok
		})
	})
}
