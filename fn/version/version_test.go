package version

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestInfoNamesWhatTheBuildKnows(t *testing.T) {
	vcs := []debug.BuildSetting{{Key: "vcs.revision", Value: "1a2b3c4d5e6f708192a3"}, {Key: "vcs.modified", Value: "true"}}
	tests := map[string]struct {
		release string
		module  string
		vcs     []debug.BuildSetting
		want    string
	}{
		"a release archive: the linker's version": {"v0.1.0", "(devel)", nil, "v0.1.0 (go1.26.8)"},
		"go install of a version":                 {"", "v0.1.0", nil, "v0.1.0 (go1.26.8)"},
		"go build in a checkout": {"", "v0.0.0-2026-1a2b3c", vcs, "v0.0.0-2026-1a2b3c (commit " +
			"1a2b3c4d5e6f with changes, go1.26.8)"},
		"go build without version control": {"", "(devel)", nil, "devel (built without Git data, go1.26.8)"},
		"go run of files":                  {"", "", nil, "devel (built without Git data, go1.26.8)"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			build := &debug.BuildInfo{GoVersion: "go1.26.8", Settings: test.vcs}
			build.Main.Version = test.module
			require.Equal(t, test.want, of(test.release, build).String())
		})
	}
}
