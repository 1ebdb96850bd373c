package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
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

// candidate is a kustomization in which something is to be converted.
type candidate struct {
	dir     string
	clients []string
}

// chosen is the kustomization below a folder that has something to convert; the folder itself where none has, which may
// hold plain manifests. Where several have, a terminal is asked, and without one they are listed.
func (n *initializer) chosen(root string) (string, error) {
	dirs, err := kustomizationsBelow(root)
	if err != nil {
		return "", err
	}
	var all []candidate
	for _, dir := range dirs {
		plan, err := starter.New(starter.Of(dir, ""), func() ([]*kube.Item, error) {
			return n.items(starter.Of(dir, ""), &report.Report{})
		})
		switch {
		case err != nil:
			fmt.Fprintf(n.Err, "dindify: %s was not looked at: %s\n", dir, report.Plain(firstLine(err.Error())))
		case plan.Converts():
			all = append(all, candidate{dir, clientsOf(plan)})
		}
	}
	switch {
	case len(all) == 0:
		return root, nil
	case len(all) == 1:
		fmt.Fprintf(n.said, "The kustomization %s has something to convert.\n\n", all[0].dir)
		return all[0].dir, nil
	case !n.asks():
		return "", errors.New(listCandidates(root, all) + "\nName one of them: dindify init " + all[0].dir)
	}
	return n.ask(root, all)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func clientsOf(plan *starter.Plan) (clients []string) {
	for _, c := range slices.Concat(plan.Clients, plan.Assumed) {
		clients = append(clients, c.Name)
	}
	return clients
}

func listCandidates(root string, all []candidate) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d kustomizations below %s have something to convert. In a base it is on for every overlay, in "+
		"an overlay for that one:", len(all), root)
	for i, c := range all {
		fmt.Fprintf(&out, "\n  %d  %s  (%s)", i+1, c.dir, strings.Join(c.clients, ", "))
	}
	return out.String()
}

func (n *initializer) ask(root string, all []candidate) (string, error) {
	fmt.Fprintf(n.said, "%s\nWhich one? [1-%d] ", listCandidates(root, all), len(all))
	answer, err := n.line()
	if i, bad := strconv.Atoi(answer); err == nil && bad == nil && i >= 1 && i <= len(all) {
		return all[i-1].dir, nil
	}
	return "", errors.New("none was chosen, and nothing was written")
}

// asks says whether somebody is there to answer.
func (n *initializer) asks() bool { return !n.yes && isTerminal(n.In) }

func (n *initializer) confirm(question string) bool {
	fmt.Fprintf(n.said, "\n%s [y/N] ", question)
	answer, err := n.line()
	return err == nil && slices.Contains([]string{"y", "yes"}, strings.ToLower(answer))
}

// line is what somebody types. A terminal gives a line at a time, so that nothing of the next one is read.
func (n *initializer) line() (string, error) {
	text, err := bufio.NewReaderSize(n.In, 16).ReadString('\n')
	if errors.Is(err, io.EOF) && text != "" {
		err = nil
	}
	return strings.TrimSpace(text), err
}

// kustomizationsBelow are the folders that kustomize builds by themselves: no components, and nothing in hidden
// folders.
func kustomizationsBelow(root string) (dirs []string, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case path != root && isHidden(d.Name()):
			return filepath.SkipDir
		}
		if file := starter.KustomizationFile(path); file != "" && !isComponent(file) {
			dirs = append(dirs, path)
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
	return is // a file that is no YAML is kustomize's to complain of
}
