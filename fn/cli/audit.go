package cli

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/config"
	fn "github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
)

// auditor holds the audit verb and its flags.
type auditor struct {
	fileVerb
	version  string
	format   string
	mentions bool
	exitZero bool
	failOn   []string
	baseline string // file to read
	write    string // file to write
}

const auditLong = `audit lists every use of a container runtime's socket on the node: where it is, what the workload does with it, and the
evidence for that. It changes nothing.

Other mentions of a socket, of a folder with one, or of a Docker endpoint are listed below the rows, with the reason why
they are not a use. In a folder, audit reads manifests by document, and all other files line by line: templates, scripts,
Terraform. It skips binary files and files larger than 32 MiB, and says so.

Exit status: 0 nothing found, 1 something found, 2 failure: a file cannot be read, a manifest is not YAML, or the output
cannot be written. What was found in the others, and in the lines of such a manifest, is still printed. A manifest
is what an argument or standard input holds, and in a folder a YAML or JSON file with an apiVersion. Uses that the
annotation dindify.dev/convert: "false" or a baseline acknowledges are listed, but do not count.`

func newAudit(s Streams, version string) *cobra.Command {
	a := &auditor{fileVerb: fileVerb{Streams: s, mode: config.Audit}, version: version}
	cmd := &cobra.Command{
		Use:   "audit [FILE|DIR|-]...",
		Args:  noURLs,
		Short: "List the workloads that reach the node's container runtime",
		Long:  auditLong,
		Example: `  dindify audit .
  helm template my-release my-chart | dindify audit -
  kubectl get deployments,statefulsets,daemonsets,cronjobs,jobs,pods -A -o yaml | dindify audit -
  dindify audit --write-baseline known.json . && dindify audit --baseline known.json .`,
		RunE: func(_ *cobra.Command, args []string) error { return a.run(args) },
	}
	a.flags(cmd)
	f := cmd.Flags()
	f.StringVarP(&a.format, "output", "o", "table", "table, "+strings.Join(formats(), ", "))
	f.BoolVar(&a.mentions, "mentions", false, "with -o json, also print mentions that are no use, and the lines that "+
		"each row covers")
	f.BoolVar(&a.exitZero, "exit-zero", false, "exit 0 whatever is found")
	excludeFlag(cmd, &a.exclude)
	f.StringSliceVar(&a.failOn, "fail-on", nil, "classes that cause exit status 1: "+strings.Join(audit.Classes,
		", ")+" (default: all but "+audit.Acknowledged+")")
	f.Var((*fileName)(&a.baseline), "baseline", "baseline file: rows in it are listed, but do not count")
	f.Var((*fileName)(&a.write), "write-baseline", "write the rows to this file, for --baseline, and exit 0")
	complete(cmd, "output", append([]string{"table"}, formats()...)...)
	complete(cmd, "fail-on", audit.Classes...)
	exitLikeDiff(cmd)
	return cmd
}

func formats() []string { return slices.Sorted(maps.Keys(audit.Formats)) }

func (a *auditor) run(args []string) error {
	if _, ok := audit.Formats[a.format]; !ok && a.format != "table" {
		return fmt.Errorf("-o must be table, %s, got %q", strings.Join(formats(), ", "), a.format)
	}
	gate, err := a.gate()
	if err != nil {
		return err
	}
	account, rep, unreadable := a.account(args)
	if rep.Failed() {
		if !isOfObjects(rep) {
			printFindings(a.Streams, rep, report.Error)
			return cmp.Or(unreadable, errReported)
		}
		a.printErrors(rep)
		unreadable = cmp.Or(unreadable, errReported)
	}
	audit.Identify(account.Rows, nameIn(cmp.Or(a.baseline, a.write)))
	if unreadable != nil && (a.write != "" || len(account.Rows)+len(account.Mentions) == 0) {
		return unreadable
	}
	if a.write != "" {
		return writeBaseline(a.write, account.Rows)
	}
	failed := gate.Apply(account.Rows)
	if err := a.print(account); err != nil || unreadable != nil {
		return cmp.Or(err, unreadable)
	}
	if failed && !a.exitZero {
		return errFound
	}
	return nil
}

// isOfObjects reports whether each error of a run is of one object, such as one beyond the limits: the others were
// audited.
func isOfObjects(rep *report.Report) bool {
	return !slices.ContainsFunc(rep.Errors(), func(f *report.Finding) bool { return f.Object == report.Object{} })
}

// printErrors prints the errors of a run whose other findings are rows.
func (a *auditor) printErrors(rep *report.Report) {
	var errs report.Report
	for _, f := range rep.Errors() {
		errs.Add(*f)
	}
	printFindings(a.Streams, &errs, report.Error)
}

func (a *auditor) gate() (gate audit.Gate, err error) {
	gate.FailOn = a.failOn
	if err := gate.Check(); err != nil || a.baseline == "" {
		return gate, err
	}
	f, err := os.Open(a.baseline)
	if err != nil {
		return gate, err
	}
	defer func() { _ = f.Close() }() // opened for reading only
	if gate.Baseline, err = audit.ReadBaseline(f); err != nil {
		return gate, fmt.Errorf("%s %w", a.baseline, err)
	}
	return gate, nil
}

func (a *auditor) print(account audit.Account) error {
	if a.format != "table" {
		if !a.mentions {
			account.Mentions = nil
			for i := range account.Rows {
				account.Rows[i].Covers = nil
			}
		}
		return audit.Formats[a.format](a.Out, account, a.version)
	}
	layout := audit.Layout{}
	if out, isFile := file(a.Out); isFile && IsTerminal(out) {
		layout.Color = os.Getenv("NO_COLOR") == ""
		if width, _, err := term.GetSize(int(out.Fd())); err == nil {
			layout.Width = width
		}
	}
	return audit.Table(a.Out, account, layout)
}

// account audits the files of the arguments. Files that are not manifests are searched line by line, and so is a
// manifest that cannot be read as one, which is an error. The account is of what was found; the error names those.
func (a *auditor) account(args []string) (all audit.Account, rep *report.Report, unreadable error) {
	rep = &report.Report{}
	in := &input{exclude: a.exclude, audits: true, baselines: []string{a.baseline, a.write}}
	if err := in.read(a.Streams, args); err != nil {
		return all, rep, err
	}
	set, found := fn.Convert(itemsOf(in.files), rep, a.load)
	if found == nil {
		return all, rep, errors.Join(in.failed...)
	}
	if isOfObjects(rep) {
		all = audit.Of(set, found.Uses)
		all.Rows = append(all.Rows, audit.BrokenRows(found.Broken)...)
	}
	warned, texts := map[string]bool{}, in.readTexts()
	for i, u := range in.unread {
		text := texts[i]
		namesNone := len(text.Rows)+len(text.Mentions) == 0
		warning := u.warning("audit")
		switch {
		case u.isFailure():
			in.failed = append(in.failed, u.err)
		case warning != "" && !warned[warning] && (!namesNone || !u.isForEditors()):
			warned[warning] = true
			a.note("warning: %s [%s]", warning, report.FileSkipped)
		}
		all.Rows, all.Mentions = append(all.Rows, text.Rows...), append(all.Mentions, text.Mentions...)
	}
	in.printSkipped(a.Streams)
	objects := objectsIn(set.Items)
	if objects == 0 && in.searched+len(in.unread)+len(in.failed) == 0 && len(all.Rows)+len(all.Mentions) == 0 {
		if f := plainText(in.files); f != nil {
			return all, rep, fmt.Errorf("%s is plain text, not a manifest: run kubectl get with -o yaml",
				stream.InputName(f.Name))
		}
		a.note("warning: no Kubernetes objects in %s: nothing was audited [%s]", named(args), report.NothingAudited)
	} else if a.format == "table" && !rep.Failed() && len(all.Rows)+len(in.failed) == 0 {
		a.note("found 0 uses of a container runtime's socket")
	}
	all.Sort()
	return all, rep, errors.Join(in.failed...)
}

func named(args []string) string {
	if len(args) == 0 || slices.Contains(args, "-") {
		return "standard input"
	}
	return strings.Join(args, ", ")
}

// plainText finds a file that is only text, such as a table printed by kubectl: auditing it would give a false
// all-clear.
func plainText(files []*stream.File) *stream.File {
	for _, f := range files {
		for _, item := range f.Items {
			isText := false
			item.Document().View(func(root *yaml.Node) {
				isText = root != nil && root.Kind == yaml.ScalarNode && root.Value != ""
			})
			if isText {
				return f
			}
		}
	}
	return nil
}
