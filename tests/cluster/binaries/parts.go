package binaries

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Parts are the versions of the programs of a node. DINDIFY_PARTS selects a set by name.
type Parts struct {
	Name       string
	Kubernetes Module
	Containerd Module // the zero Module: Debian's package of the machine
	Runc       Module
	GVisor     Module // the zero Module: the node has no gVisor
	GVisorShim Module // containerd's shim for it
	Debian     string // the release for the daemon's image
	Engine     Module // of the daemon's image, in place of Debian's; the zero Module: Debian's
	CgroupV2   bool   // the node has its own cgroup v2 hierarchy
}

// Today, Old and Engine29 are the sets. Old has the versions of a cluster of 2024 on Debian 12. Engine29 is Today with
// the next engine in the daemon's image, which no release of Debian has.
var (
	Today = Parts{
		Name:       "today",
		Kubernetes: Module{Dir: "kubernetes", Path: "k8s.io/kubernetes"},
		Containerd: Module{
			Dir: "containerd", Path: "github.com/containerd/containerd/v2",
			Tags: "no_btrfs no_zfs no_devmapper",
		},
		Runc:   Module{Dir: "runc", Path: "github.com/opencontainers/runc", Tags: "seccomp", Cgo: true},
		GVisor: Module{Dir: "gvisor", Path: "gvisor.dev/gvisor"},
		GVisorShim: Module{
			Dir: "gvisor", Path: "gvisor.dev/gvisor",
			// It exits if it may not lower its oom_score_adj, as without CAP_SYS_RESOURCE; containerd's own shim continues.
			Patch: Patch{
				File: "pkg/shim/v1/manager.go",
				Old:  "sys.SetOOMScore(cmd.Process.Pid, oomScoreMax); err != nil {",
				New:  "sys.SetOOMScore(cmd.Process.Pid, oomScoreMax); err != nil && !os.IsPermission(err) {",
			},
		},
		Debian:   "forky",
		CgroupV2: true,
	}
	Old = Parts{
		Name:       "old",
		Kubernetes: Module{Dir: "kubernetes-1.29", Path: "k8s.io/kubernetes"},
		Debian:     "bookworm",
	}
	Engine29 = withEngine(Today, "engine29", Module{
		Dir: "moby", Path: "github.com/moby/moby/v2", Tags: "exclude_graphdriver_btrfs",
	})
)

func withEngine(parts Parts, name string, engine Module) Parts {
	parts.Name, parts.Engine = name, engine
	return parts
}

// Selected returns the set that DINDIFY_PARTS names, or Today.
func Selected() Parts {
	for _, parts := range []Parts{Old, Engine29} {
		if os.Getenv("DINDIFY_PARTS") == parts.Name {
			return parts
		}
	}
	return Today
}

// Folders returns the folders of the set's own programs, for the front of PATH.
func (p Parts) Folders(ctx context.Context) ([]string, error) {
	var folders []string
	// The shim before gVisor: that folder may have a build of the same name without the patch.
	for _, module := range []Module{p.Kubernetes, p.Containerd, p.Runc, p.GVisorShim, p.GVisor} {
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
	Dir   string // below tests/cluster
	Path  string // of the module with the version
	Tags  string
	Cgo   bool
	Patch Patch
}

// Patch changes one line of a program before it is built.
type Patch struct{ File, Old, New string }

// Version returns the version in the go.mod.
func (m Module) Version(ctx context.Context) (string, error) { return m.list(ctx, "{{.Version}}") }

// list asks the go command for a field of the module; go downloads a missing module.
func (m Module) list(ctx context.Context, field string) (string, error) {
	module, err := moduleDir(ctx)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", "list", "-C", filepath.Join(module, m.Dir), "-m", "-f", field, m.Path)
	cmd.Env = buildEnv("0")
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s of module %s: %w", field, m.Path, err)
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
	unlock, err := Lock("build")
	if err != nil {
		return "", err
	}
	defer unlock()
	if _, err := os.Stat(program); err == nil {
		return program, nil // another process has built it
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
	modfile := ""
	if m.Patch != (Patch{}) {
		if modfile, err = m.patched(ctx, filepath.Dir(program)); err != nil {
			return err
		}
	}
	return goBuild(ctx, buildOptions{
		dir: filepath.Join(module, m.Dir), pkg: pkg, program: program, modfile: modfile,
		tags: m.Tags, cgo: m.Cgo, stamp: versionStamp(m.Path, version),
	})
}

// patched copies the module, applies the patch, and returns a go.mod that builds from the copy.
func (m Module) patched(ctx context.Context, folder string) (string, error) {
	source, err := m.list(ctx, "{{.Dir}}")
	if err != nil {
		return "", err
	}
	copied := filepath.Join(folder, "source")
	if out, err := exec.CommandContext(ctx, "cp", "--recursive", "--no-preserve=mode", "--no-target-directory", source,
		copied).CombinedOutput(); err != nil {
		return "", fmt.Errorf("copy %s: %w\n%s", source, err, out)
	}
	if err := m.Patch.apply(copied); err != nil {
		return "", err
	}
	module, err := moduleDir(ctx)
	if err != nil {
		return "", err
	}
	goMod, err := os.ReadFile(filepath.Join(module, m.Dir, "go.mod"))
	if err != nil {
		return "", err
	}
	goSum, err := os.ReadFile(filepath.Join(module, m.Dir, "go.sum"))
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(folder, "patched.sum"), goSum, 0o644); err != nil {
		return "", err
	}
	goMod = fmt.Appendf(goMod, "\nreplace %s => %s\n", m.Path, copied)
	return filepath.Join(folder, "patched.mod"), os.WriteFile(filepath.Join(folder, "patched.mod"), goMod, 0o644)
}

func (p Patch) apply(dir string) error {
	file := filepath.Join(dir, p.File)
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if strings.Count(string(content), p.Old) != 1 {
		return fmt.Errorf("%s: the line to patch is not there: %s", file, p.Old)
	}
	return os.WriteFile(file, []byte(strings.Replace(string(content), p.Old, p.New, 1)), 0o644)
}

func (m Module) folder(ctx context.Context) (string, error) {
	version, err := m.Version(ctx)
	if err != nil {
		return "", err
	}
	if m.Patch != (Patch{}) {
		version += "-patched"
	}
	return CacheDir(m.Dir + "-" + version)
}
