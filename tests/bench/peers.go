package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/boxp/dindify/tests/bench/workload"
)

// documents is the input that all commands name; they run in the folder with it and the peers' own files.
const documents = "documents.yaml"

// peer is a tool that can be configured to do the same.
type peer struct {
	name, note string
	pkg        string // for go install, with a version; or a package of module; "" if it is built anyway
	module     string // from the repository's root
	command    []string
}

var others = []peer{
	{
		name: "yq 4.54.2", note: "an expression", pkg: "github.com/mikefarah/yq/v4@v4.54.2",
		command: []string{"yq", "--from-file", "dind.yq", documents},
	},
	{
		name: "istioctl kube-inject", note: "a template; cannot remove the mount",
		pkg: "istio.io/istio/istioctl/cmd/istioctl@v0.0.0-20260827124520-eed52ebb66ad",
		command: []string{
			"istioctl", "kube-inject", "--revision=default", "--filename=" + documents,
			"--injectConfigFile=istioctl-inject.yaml",
			"--meshConfigFile=istioctl-mesh.yaml", "--valuesFile=istioctl-values.json",
		},
	},
	{
		name: "kyverno apply 1.19.1", note: "a JSON patch, by index",
		pkg: "github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno", module: "tests/bench/kyverno",
		command: []string{"kubectl-kyverno", "apply", "kyverno.yaml", "--resource=" + documents},
	},
	{
		name: "kustomize 5.8.2", note: "a merge patch, by the names of container and volume",
		command: []string{"kustomize", "build", "--load-restrictor=LoadRestrictionsNone", "kustomize-merge"},
	},
	{
		name: "kustomize 5.8.2", note: "a JSON patch, by index",
		command: []string{"kustomize", "build", "--load-restrictor=LoadRestrictionsNone", "kustomize-json"},
	},
}

// build puts the tool into the cache, which takes minutes the first time; kustomize is already there.
func (p peer) build(b *bench) error {
	if p.module != "" {
		return goTool(filepath.Join(b.root, p.module), "build", "-o", filepath.Join(b.cache, filepath.Base(p.pkg)), p.pkg)
	}
	if p.pkg == "" {
		return nil
	}
	if err := os.Setenv("GOBIN", b.cache); err != nil {
		return err
	}
	return goTool(b.root, "install", p.pkg)
}

// peers compares dindify with them, on documents that all mount the socket.
func (b *bench) peers() (string, error) {
	t := &table{header: []string{"documents", "tool", "wall", "CPU", "memory", "documents a second", "to dindify"}}
	for _, p := range others {
		if err := p.build(b); err != nil {
			return "", err
		}
	}
	for _, n := range b.sizes["peers"] {
		input := b.file(filepath.Join("peers", documents))
		if err := writeFile(input, workload.Deployments{Count: n, Every: 1}.WriteStream); err != nil {
			return "", err
		}
		subjects := convertAll(n)
		measured, err := b.inTurns(subjects)
		if err != nil {
			return "", err
		}
		for i, m := range measured {
			rate, share := "", ""
			if !m.TimedOut {
				rate = count(int(float64(n) / m.Wall.Seconds()))
				share = fmt.Sprintf("%.2f", measured[0].Wall.Seconds()/m.Wall.Seconds())
			}
			t.add(append(append([]string{count(n), subjects[i].name}, m.cells()...), rate, share)...)
		}
	}
	return t.String(), nil
}

// convertAll returns dindify with the work of the peers, dindify with all of its work, and the peers.
func convertAll(n int) []subject {
	subjects := []subject{
		{name: "dindify convert, without clean-up", command: []string{
			"dindify", "convert", "--config=dindify.yaml",
			documents,
		}, daemons: n},
		{name: "dindify convert: with a pruner each", command: []string{"dindify", "convert", documents}, daemons: n},
	}
	for _, p := range others {
		subjects = append(subjects, subject{name: p.name + ": " + p.note, command: p.command, daemons: n})
	}
	return subjects
}
