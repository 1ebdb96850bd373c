package kustomize

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/function"
)

// variable tells a process that it is the function of a Build in another process, with the overrides of
// configurations.
const variable = "DINDIFY_BUILD"

// record names the file of what the functions of a Build have said.
const record = variable + "_RECORD"

const (
	asListed = "as-listed"
	off      = "off"
	withMode = "mode="
)

// AsFunction reports whether this process is the function of a Build, whatever its arguments are, and returns the
// overrides.
func AsFunction() (o function.Override, is bool) {
	value := os.Getenv(variable)
	o.Off = value == off
	if mode, found := strings.CutPrefix(value, withMode); found {
		o.Mode = config.Mode(mode)
	}
	return o, value != ""
}

// becomeTheFunction makes kustomize run this program as dindify, and also as docker if it would run dindify's image.
// The returned function undoes that.
func becomeTheFunction(o Options) (leave func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", program)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{program, "docker"} {
		err = errors.Join(err, os.Symlink(self, filepath.Join(dir, name)))
	}
	value := asListed
	switch {
	case o.Off || o.Extra != "":
		value = off
	case o.Mode != "":
		value = withMode + o.Mode
	}
	path := os.Getenv("PATH")
	err = errors.Join(err, os.Setenv("PATH", dir+string(os.PathListSeparator)+path), os.Setenv(variable, value),
		os.Setenv(record, filepath.Join(dir, "said")))
	leave = func() {
		_ = errors.Join(os.Setenv("PATH", path), os.Unsetenv(variable), os.Unsetenv(record), os.RemoveAll(dir))
	}
	if err != nil {
		leave()
	}
	return leave, err
}

// Unsaid returns the lines that no other function of the same Build has said: a base and its overlay may both list
// dindify, and kustomize runs it for each.
func Unsaid(lines string) string {
	file := os.Getenv(record)
	if file == "" {
		return lines
	}
	said, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return lines
	}
	known := map[string]bool{}
	for line := range strings.Lines(string(said)) {
		known[line] = true
	}
	var unsaid strings.Builder
	for line := range strings.Lines(lines) {
		if !known[line] {
			unsaid.WriteString(line)
		}
	}
	_ = os.WriteFile(file, append(said, unsaid.String()...), 0o600) // if it fails, a line is said twice
	return unsaid.String()
}
