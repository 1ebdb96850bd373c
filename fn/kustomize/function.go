package kustomize

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/function"
)

// variable tells a process that it is the function of a Build in another one, and how that overrides configurations.
const variable = "DINDIFY_BUILD"

const (
	asListed = "as-listed"
	off      = "off"
	withMode = "mode="
)

// AsFunction says whether this process is the function of a Build, whatever its arguments are, and what it is to do.
func AsFunction() (o function.Override, is bool) {
	value := os.Getenv(variable)
	o.Off = value == off
	if mode, found := strings.CutPrefix(value, withMode); found {
		o.Mode = config.Mode(mode)
	}
	return o, value != ""
}

// becomeTheFunction lets kustomize find this program where a kustomization calls for dindify, and also where it calls
// for docker to run dindify's image. It returns what takes that back.
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
	err = errors.Join(err, os.Setenv("PATH", dir+string(os.PathListSeparator)+path), os.Setenv(variable, value))
	leave = func() {
		_ = errors.Join(os.Setenv("PATH", path), os.Unsetenv(variable), os.RemoveAll(dir))
	}
	if err != nil {
		leave()
	}
	return leave, err
}
