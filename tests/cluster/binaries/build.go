// Package binaries provides the programs of a cluster.
package binaries

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const moduleName = "github.com/boxp/dindify/tests/cluster"

// Kubernetes returns the path of a program of k8s.io/kubernetes/cmd of the selected parts.
func Kubernetes(ctx context.Context, name string) (string, error) {
	return Selected().Kubernetes.Program(ctx, "k8s.io/kubernetes/cmd/"+name)
}

// Build returns the path of a static program built from a package folder of this module. It always builds.
func Build(ctx context.Context, name, folder string) (string, error) {
	module, err := moduleDir(ctx)
	if err != nil {
		return "", err
	}
	dir, err := CacheDir("programs")
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, name)
	return program, goBuild(ctx, buildOptions{dir: module, pkg: "./" + folder, program: program})
}

type buildOptions struct {
	dir, pkg, program, tags, stamp, modfile string
	cgo                                     bool
}

// goBuild writes to a temporary name first: two tests may build at the same time.
func goBuild(ctx context.Context, o buildOptions) error {
	draft := fmt.Sprintf("%s.%d", o.program, os.Getpid())
	cmd := exec.CommandContext(ctx, "go", "build", "-C", o.dir, "-modfile", o.modfile, "-tags", o.tags,
		"-ldflags", "-s -w"+o.stamp, "-o", draft, o.pkg)
	cgo := "0"
	if o.cgo {
		cgo = "1"
	}
	cmd.Env = buildEnv(cgo)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", o.pkg, err, out)
	}
	return os.Rename(draft, o.program)
}

func buildEnv(cgo string) []string {
	return append(os.Environ(), "CGO_ENABLED="+cgo, "GOFLAGS=-mod=readonly -buildvcs=false", "GOWORK=off")
}

// moduleDir finds this module, also when another one imports it.
func moduleDir(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", moduleName).Output()
	if err != nil {
		return "", fmt.Errorf("find module %s: %w", moduleName, err)
	}
	return strings.TrimSpace(string(out)), nil
}

// RepositoryRoot returns the folder of the product's own go.mod.
func RepositoryRoot(ctx context.Context) (string, error) {
	module, err := moduleDir(ctx)
	return filepath.Join(module, "..", ".."), err
}
