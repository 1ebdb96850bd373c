// Package binaries provides the programs that a cluster is made of.
package binaries

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// KubernetesVersion is the release in kubernetes/go.mod. 1.35 refuses cgroup v1 by default
// and 1.36 wants containerd 2; 1.34 runs on what Debian 12 has.
const KubernetesVersion = "v1.34.4"

const moduleName = "github.com/boxp/dindify/tests/cluster"

// Kubernetes returns the path of a program of k8s.io/kubernetes/cmd, built on first use
// (minutes on a cold cache), static.
func Kubernetes(ctx context.Context, name string) (string, error) {
	dir, err := CacheDir("kubernetes-" + KubernetesVersion)
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, name)
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	return program, build(ctx, name, program)
}

// Build returns the path of a static program made from a package folder of this module, always built anew.
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
	return program, goBuild(ctx, module, "./"+folder, program)
}

func build(ctx context.Context, name, program string) error {
	module, err := moduleDir(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "building %s %s (first run only)\n", name, KubernetesVersion)
	return goBuild(ctx, filepath.Join(module, "kubernetes"), "k8s.io/kubernetes/cmd/"+name, program)
}

// goBuild writes to a name of its own first: two tests may build at the same time.
func goBuild(ctx context.Context, module, pkg, program string) error {
	draft := fmt.Sprintf("%s.%d", program, os.Getpid())
	cmd := exec.CommandContext(ctx, "go", "build", "-C", module, "-ldflags", linkerFlags(), "-o", draft, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-mod=readonly -buildvcs=false", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", pkg, err, out)
	}
	return os.Rename(draft, program)
}

// linkerFlags stamps the version, which a plain `go build` leaves at v0.0.0.
func linkerFlags() string {
	const version = "k8s.io/component-base/version."
	return "-s -w -X " + version + "gitVersion=" + KubernetesVersion + " -X " + version + "gitMajor=1 -X " + version + "gitMinor=34"
}

// moduleDir finds this module, also when another one imports it.
func moduleDir(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", moduleName).Output()
	if err != nil {
		return "", fmt.Errorf("find module %s: %w", moduleName, err)
	}
	return strings.TrimSpace(string(out)), nil
}

// RepositoryRoot is where the product's own go.mod is.
func RepositoryRoot(ctx context.Context) (string, error) {
	module, err := moduleDir(ctx)
	return filepath.Join(module, "..", ".."), err
}
