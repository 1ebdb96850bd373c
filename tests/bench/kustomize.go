package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/boxp/dindify/tests/bench/workload"
)

// applications is the number of applications in the repository of the second table.
const applications, perApplication = 100, 10

// kustomize measures the cost of a build, with and without the plugin protocol.
func (b *bench) kustomize() (string, error) {
	t := &table{header: []string{"objects", "build", "wall", "CPU", "memory", "to kustomize build"}}
	for _, n := range b.sizes["kustomize"] {
		dir, plain, d := b.file("converted"), b.file("plain"), workload.Deployments{Count: n, Every: n}
		if err := errors.Join(b.application(dir, d, true, ""), b.application(plain, d, false, "")); err != nil {
			return "", err
		}
		if err := b.compare(t, n, []subject{
			{name: "kustomize build, without dindify", command: []string{"kustomize", "build", plain}},
			{name: "kustomize build, dindify as exec function", command: withExec(dir), daemons: 1},
			{name: "dindify build", command: []string{"dindify", "build", dir}, daemons: 1},
		}); err != nil {
			return "", err
		}
	}
	where, err := b.placement()
	return t.String() + "\n" + where, err
}

// placement measures one repository of many applications, with the component at its root and at the one application
// that needs it.
func (b *bench) placement() (string, error) {
	t := &table{header: []string{"objects", "build", "wall", "CPU", "memory", "to kustomize build"}}
	for _, r := range []struct {
		dir          string
		atRoot, atIt bool
	}{{dir: "none"}, {dir: "root", atRoot: true}, {dir: "leaf", atIt: true}} {
		if err := b.repository(b.file(r.dir), r.atRoot, r.atIt); err != nil {
			return "", err
		}
	}
	err := b.compare(t, applications*perApplication, []subject{
		{name: "kustomize build, without dindify", command: []string{"kustomize", "build", b.file("none")}},
		{
			name: fmt.Sprintf("the component at the root of %d applications", applications), command: withExec(b.file("root")),
			daemons: 1,
		},
		{name: "the component at the one that needs it", command: withExec(b.file("leaf")), daemons: 1},
	})
	return t.String(), err
}

// repository is a kustomization of applications, the first of which mounts the socket once.
func (b *bench) repository(dir string, componentAtRoot, componentAtIt bool) error {
	resources := ""
	for i := range applications {
		d := workload.Deployments{Count: perApplication}
		if i == 0 {
			d.Every = perApplication
		}
		name := fmt.Sprintf("app-%d", i)
		// All have the same names, and therefore a prefix.
		err := b.application(filepath.Join(dir, name), d, componentAtIt && i == 0, "namePrefix: "+name+"-\n")
		if err != nil {
			return err
		}
		resources += "- " + name + "\n"
	}
	return b.kustomization(dir, componentAtRoot, "resources:\n"+resources)
}

// withExec builds with the real plugin protocol.
func withExec(dir string) []string {
	return []string{"kustomize", "build", "--enable-alpha-plugins", "--enable-exec", dir}
}

// compare adds a row for each subject; the others are compared with the first.
func (b *bench) compare(t *table, n int, subjects []subject) error {
	measured, err := b.inTurns(subjects)
	if err != nil {
		return err
	}
	for i, m := range measured {
		t.add(append(append([]string{count(n), subjects[i].name}, m.cells()...), m.ratios(measured[0]))...)
	}
	return nil
}

// application returns a kustomization of Deployments, optionally with dindify's component.
func (b *bench) application(dir string, d workload.Deployments, convert bool, more string) error {
	if err := b.kustomization(dir, convert, "resources: [deployments.yaml]\n"+more); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, "deployments.yaml"), d.WriteStream)
}

// kustomization writes a folder with one, optionally with the component that users copy.
func (b *bench) kustomization(dir string, convert bool, text string) error {
	if err := os.RemoveAll(filepath.Join(dir, "dindify")); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if convert {
		text += "components: [dindify]\n"
		component := os.DirFS(filepath.Join(b.root, "examples", "kustomize", "dindify"))
		if err := os.CopyFS(filepath.Join(dir, "dindify"), component); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "kustomization.yaml"), []byte(text), 0o644)
}
