package binaries

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Parts is a set of programs that a node is made of. DINDIFY_PARTS chooses one by its name.
type Parts struct {
	Name       string
	Kubernetes Module
	Containerd Module // the zero Module: Debian's package of the machine
	Runc       Module
	GVisor     Module // the zero Module: the node has no gVisor
	Debian     string // the release that the daemon's image is made of
	CgroupV2   bool   // the node has a cgroup v2 hierarchy of its own
}

// Today and Old are the sets. Old is what a cluster of 2024 on Debian 12 has.
var (
	Today = Parts{
		Name:       "today",
		Kubernetes: Module{Dir: "kubernetes", Path: "k8s.io/kubernetes"},
		Containerd: Module{
			Dir: "containerd", Path: "github.com/containerd/containerd/v2",
			Tags: "no_btrfs no_zfs no_devmapper",
		},
		Runc:     Module{Dir: "runc", Path: "github.com/opencontainers/runc", Tags: "seccomp", Cgo: true},
		GVisor:   Module{Dir: "gvisor", Path: "gvisor.dev/gvisor"},
		Debian:   "forky",
		CgroupV2: true,
	}
	Old = Parts{
		Name:       "old",
		Kubernetes: Module{Dir: "kubernetes-1.29", Path: "k8s.io/kubernetes"},
		Debian:     "bookworm",
	}
)

// Selected is the set that DINDIFY_PARTS names; Today where it names none.
func Selected() Parts {
	if os.Getenv("DINDIFY_PARTS") == Old.Name {
		return Old
	}
	return Today
}

// Folders are where the set's own programs are, for the front of PATH.
func (p Parts) Folders(ctx context.Context) ([]string, error) {
	var folders []string
	for _, module := range []Module{p.Kubernetes, p.Containerd, p.Runc, p.GVisor} {
		if module.Dir == "" {
			continue
		}
		folder, err := module.folder(ctx)
		if err != nil {
			return nil, err
		}
		folders = append(folders, folder)
	}
	return folders, nil
}

// Module is a Go module below this folder whose go.mod pins the programs that are built from it.
type Module struct {
	Dir  string // below tests/cluster
	Path string // of the module that the version is of
	Tags string
	Cgo  bool
}

// Version is the one in the go.mod.
func (m Module) Version(ctx context.Context) (string, error) {
	module, err := moduleDir(ctx)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", "list", "-C", filepath.Join(module, m.Dir), "-m", "-f", "{{.Version}}", m.Path)
	cmd.Env = buildEnv("0")
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("version of %s: %w", m.Path, err)
	}
	return strings.TrimSpace(string(out)), nil
}

// Program returns the path of a program of the module, built on first use (minutes on a cold cache).
// The program has the name of its package's folder.
func (m Module) Program(ctx context.Context, pkg string) (string, error) {
	return m.ProgramAs(ctx, pkg, filepath.Base(pkg))
}

// ProgramAs is Program under another name.
func (m Module) ProgramAs(ctx context.Context, pkg, name string) (string, error) {
	folder, err := m.folder(ctx)
	if err != nil {
		return "", err
	}
	program := filepath.Join(folder, name)
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	return program, m.build(ctx, pkg, program)
}

func (m Module) build(ctx context.Context, pkg, program string) error {
	version, err := m.Version(ctx)
	if err != nil {
		return err
	}
	module, err := moduleDir(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "building %s %s (first run only)\n", filepath.Base(program), version)
	return goBuild(ctx, buildOptions{
		dir: filepath.Join(module, m.Dir), pkg: pkg, program: program,
		tags: m.Tags, cgo: m.Cgo, stamp: versionStamp(m.Path, version),
	})
}

func (m Module) folder(ctx context.Context) (string, error) {
	version, err := m.Version(ctx)
	if err != nil {
		return "", err
	}
	return CacheDir(m.Dir + "-" + version)
}

// versionStamp makes Kubernetes say its version, which a plain `go build` leaves at v0.0.0.
func versionStamp(path, version string) string {
	if path != "k8s.io/kubernetes" {
		return ""
	}
	const symbol = "k8s.io/component-base/version."
	major, rest, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	minor, _, _ := strings.Cut(rest, ".")
	return fmt.Sprintf(" -X %sgitVersion=%s -X %sgitMajor=%s -X %sgitMinor=%s", symbol, version, symbol, major, symbol, minor)
}
