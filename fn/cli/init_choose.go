package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/starter"
	"github.com/boxp/dindify/fn/yamldoc"
)

// candidate is a kustomization, a kpt package, or a folder of plain manifests, with workloads to convert.
type candidate struct {
	dir     string
	clients []string
	exclude []string // kustomizations and packages in a folder of plain manifests
}

// String returns the arguments of init for the candidate.
func (c candidate) String() string {
	if len(c.exclude) == 0 {
		return c.dir
	}
	return c.dir + " --exclude " + strings.Join(c.exclude, ",")
}

// chosen returns the kustomization or kpt package below a folder that has workloads to convert, or the folder itself if
// none has, since it may have plain manifests. If there are several, or manifests beside them, it asks on a terminal,
// and lists them otherwise.
func (n *initializer) chosen(root string) (string, error) {
	dirs, err := sourcesBelow(root)
	if err != nil {
		return "", err
	}
	dirs = n.withoutExcluded(root, dirs)
	var all []candidate
	for _, dir := range dirs {
		plan, err := starter.New(starter.Of(dir, ""), func() ([]*kube.Item, error) {
			return n.items(starter.Of(dir, ""), &report.Report{})
		})
		switch {
		case err != nil:
			n.skipped++
			why := strings.TrimPrefix(strings.Join(strings.Fields(err.Error()), " "), dir+": ")
			n.note("%s was skipped: %s", dir, why)
		case plan.Converts():
			all = append(all, candidate{dir: dir, clients: clientsOf(plan)})
		}
	}
	if len(all)+n.skipped > 0 {
		beside, err := n.besides(root, dirs)
		if err != nil {
			n.note("manifests outside of kustomizations were not searched: %v", err)
		}
		all = append(all, beside...)
		if err := n.skipCharts(root, dirs); err != nil {
			return "", err
		}
	}
	switch {
	case len(all) == 0 && n.skipped > 0:
		return "", nothingWritten(n.skipped)
	case len(all) == 0:
		return root, nil
	case len(all) == 1:
		fmt.Fprintf(n.messages, "The %s %s has workloads to convert.\n\n", starter.Of(all[0].dir, "").Kind,
			report.Plain(all[0].dir))
		return n.take(all[0]), nil
	case !n.asks():
		return "", selectOne(root, all)
	}
	return n.ask(root, all)
}

// take returns the folder of a candidate, of which only the files outside of kustomizations and packages are read.
func (n *initializer) take(c candidate) string {
	if len(c.exclude) > 0 {
		n.exclude = append(n.exclude, c.exclude...)
		delete(n.files, c.dir)
	}
	return c.dir
}

func (n *initializer) withoutExcluded(root string, dirs []string) []string {
	in := &input{exclude: n.exclude}
	return slices.DeleteFunc(dirs, func(dir string) bool { return in.excludes(root, dir) })
}

// besides returns the folders of plain manifests with workloads to convert, below a folder and in no kustomization or
// package: kustomize and kpt load only files of their own folders.
func (n *initializer) besides(root string, sources []string) (all []candidate, err error) {
	plan, err := starter.New(starter.Source{Path: root}, func() ([]*kube.Item, error) {
		items, err := n.items(starter.Source{Path: root}, &report.Report{})
		return slices.DeleteFunc(items, func(i *kube.Item) bool {
			return slices.ContainsFunc(sources, func(dir string) bool { return isBelow(i.File, dir) })
		}), err
	})
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for _, c := range slices.Concat(plan.Clients, plan.Assumed) {
		dir := filepath.Dir(c.File)
		if _, known := at[dir]; !known {
			at[dir] = len(all)
			all = append(all, candidate{dir: dir, exclude: slices.DeleteFunc(slices.Clone(sources), func(source string) bool {
				return !isBelow(source, dir)
			})})
		}
		all[at[dir]].clients = append(all[at[dir]].clients, c.Name)
	}
	return all, nil
}

func isBelow(file, dir string) bool {
	relative, err := filepath.Rel(dir, file)
	return err == nil && filepath.IsLocal(relative)
}

func clientsOf(plan *starter.Plan) (clients []string) {
	for _, c := range slices.Concat(plan.Clients, plan.Assumed) {
		clients = append(clients, c.Name)
	}
	return clients
}

// overlooked is the error if kustomizations were skipped: the configuration is not for all workloads to convert.
func (n *initializer) overlooked() error {
	if n.skipped == 0 {
		return nil
	}
	return fmt.Errorf("what was skipped may have workloads to convert: %d, see above", n.skipped)
}

// nothingWritten is the error if nothing was found to convert, but something was skipped.
func nothingWritten(skipped int) error {
	return fmt.Errorf("no configuration was written, and what was skipped may have workloads to convert: %d, see above",
		skipped)
}

// countSkipped counts the files that could not be read.
func countSkipped(rep *report.Report) (n int) {
	for _, f := range rep.All() {
		if f.ID == report.FileSkipped {
			n++
		}
	}
	return n
}

// selectOne is the error for several candidates, one line each.
func selectOne(root string, all []candidate) error {
	lines := append(listCandidates(root, all), "Select one of them: dindify init "+starter.Quote(all[0].dir))
	errs := make([]error, len(lines))
	for i, line := range lines {
		errs[i] = errors.New(line)
	}
	return errors.Join(errs...)
}

func listCandidates(root string, all []candidate) []string {
	lines := []string{fmt.Sprintf("%d folders below %s have workloads to convert. A configuration in a base applies to "+
		"every overlay, one in an overlay only to that overlay:", len(all), root)}
	for i, c := range all {
		lines = append(lines, fmt.Sprintf("  %d  %s  (%s)", i+1, c, strings.Join(c.clients, ", ")))
	}
	return lines
}

func (n *initializer) ask(root string, all []candidate) (string, error) {
	for _, line := range listCandidates(root, all) {
		fmt.Fprintln(n.messages, report.Plain(line))
	}
	fmt.Fprintf(n.messages, "Which one? [1-%d] ", len(all))
	answer, err := n.line()
	if i, bad := strconv.Atoi(answer); err == nil && bad == nil && i >= 1 && i <= len(all) {
		return n.take(all[i-1]), nil
	}
	return "", errors.New("none was selected, and nothing was written")
}

// asks reports whether a person can answer.
func (n *initializer) asks() bool { return !n.yes && IsTerminal(n.answers) }

func (n *initializer) confirm(question string) bool {
	fmt.Fprintf(n.messages, "\n%s [y/N] ", report.Plain(question))
	answer, err := n.line()
	return err == nil && slices.Contains([]string{"y", "yes"}, strings.ToLower(answer))
}

// line reads a line of input. A terminal provides one line at a time, so nothing of the next line is consumed.
func (n *initializer) line() (string, error) {
	text, err := bufio.NewReaderSize(n.answers, 16).ReadString('\n')
	if errors.Is(err, io.EOF) && text != "" {
		err = nil
	}
	return strings.TrimSpace(text), err
}

// sourcesBelow returns the folders that kustomize builds on their own, without components, and the packages that kpt
// renders, without packages in others.
func sourcesBelow(root string) (dirs []string, err error) {
	packages := []string{}
	if starter.IsPackage(root) {
		packages = append(packages, root)
	}
	err = walkFolders(root, func(path string) error {
		switch file := starter.KustomizationFile(path); {
		case file != "" && !isComponent(file):
			dirs = append(dirs, path)
		case starter.IsPackage(path) && !slices.ContainsFunc(packages, func(dir string) bool { return isBelow(path, dir) }):
			packages, dirs = append(packages, path), append(dirs, path)
		}
		return nil
	})
	return dirs, err
}

func isComponent(file string) bool {
	text, err := readFile(file)
	if err != nil {
		return false
	}
	is := false
	_, _ = yamldoc.ParseAndView(text, func(root *yaml.Node) { is = yamldoc.Text(root, "kind") == "Component" })
	return is // kustomize reports a file that is not YAML
}
