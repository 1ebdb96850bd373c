// Package version reports which build of dindify runs.
package version

import (
	"fmt"
	"runtime/debug"
)

// devel is the version of a build of which Go knows none.
const devel = "devel"

// Info describes a build.
type Info struct {
	Version string // module version: v0.1.0, a pseudo-version, or "devel" if Go was not given the Git data
	Commit  string // the full hash; "" if unknown
	Dirty   bool   // the working tree had uncommitted changes
	Go      string // the compiler's version: go1.26.8
}

// Read returns the running program's Info. A release version set by the linker takes precedence over the module
// version that Go records.
func Read(release string) Info {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		build = &debug.BuildInfo{}
	}
	return of(release, build)
}

func of(release string, build *debug.BuildInfo) Info {
	info := Info{Version: release, Go: build.GoVersion}
	if info.Version == "" {
		info.Version = build.Main.Version
	}
	if info.Version == "" || info.Version == "(devel)" {
		info.Version = devel
	}
	for _, s := range build.Settings {
		switch s.Key {
		case "vcs.revision":
			info.Commit = s.Value
		case "vcs.modified":
			info.Dirty = s.Value == "true"
		}
	}
	return info
}

// String returns one line: v0.1.0 (commit 1a2b3c4d5e6f, go1.26.8).
func (i Info) String() string {
	switch {
	case i.Version == devel && i.Commit == "":
		return fmt.Sprintf("%s (built without Git data, %s)", i.Version, i.Go)
	case i.Commit == "":
		return fmt.Sprintf("%s (%s)", i.Version, i.Go)
	}
	commit := i.Commit[:min(12, len(i.Commit))]
	if i.Dirty {
		commit += " with changes"
	}
	return fmt.Sprintf("%s (commit %s, %s)", i.Version, commit, i.Go)
}
