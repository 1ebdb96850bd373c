package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/starter"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/fn/yamldoc"
)

// initNames lists the files to which init writes the configuration of a folder.
var initNames = []string{"dindify.yaml", filepath.Join("dindify", "dindify.yaml")}

// findConfig finds the configuration that init wrote for the files and folders of the command line; for "-" it
// searches from the working directory. It is used if --config is missing. It fails if the arguments have different
// configurations.
func (v *fileVerb) findConfig(args []string) error {
	if v.configFile != "" && v.noConfig {
		return errors.New("--config and --no-config are mutually exclusive")
	}
	if len(args) == 0 {
		args = []string{"-"}
	}
	v.isChosen = v.configFile != "" || v.noConfig || v.mode != ""
	byConfig, ofFolder := map[string][]string{}, map[string]string{}
	for _, arg := range args {
		folder := starter.Folder(arg)
		found, isKnown := ofFolder[folder]
		if !isKnown {
			var err error
			if found, err = configOf(folder); err != nil && !v.isChosen {
				return err
			}
			ofFolder[folder] = found
		}
		byConfig[found] = append(byConfig[found], arg)
		if found != "" && !slices.Contains(v.foundConfigs, found) {
			v.foundConfigs = append(v.foundConfigs, found)
		}
	}
	switch {
	case v.isChosen || len(v.foundConfigs) == 0:
		return nil
	case len(byConfig) > 1:
		return severalConfigs(byConfig)
	}
	v.configFile = v.foundConfigs[0]
	v.note("configuration: %s (--config names another, --no-config takes the defaults)", v.configFile)
	return nil
}

func severalConfigs(byConfig map[string][]string) error {
	var each []string
	for found, args := range byConfig {
		if found == "" {
			found = "none"
		}
		each = append(each, fmt.Sprintf("%s for %s", found, strings.Join(args, ", ")))
	}
	slices.Sort(each)
	return fmt.Errorf("the arguments have different configurations: %s; run them one by one, select one with --config, "+
		"or use the defaults with --no-config", strings.Join(each, "; "))
}

// configOf returns the configuration of a folder: the nearest one in it or above it, up to the root of its
// repository, or outside of a repository up to the working directory. It returns "" if there is none.
func configOf(dir string) (string, error) {
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	at, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for _, folder := range upwards(at, here) {
		for _, name := range initNames {
			file := filepath.Join(folder, name)
			is, err := holdsConfig(file)
			if err != nil {
				return "", err
			}
			if is {
				return asTyped(file, here, filepath.IsAbs(dir)), nil
			}
		}
	}
	return "", nil
}

// upwards returns a folder and the folders above it in which its configuration may be.
func upwards(dir, here string) (folders []string) {
	inRepository := false
	for at := dir; ; at = filepath.Dir(at) {
		folders = append(folders, at)
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			inRepository = true
			break
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	if inRepository {
		return folders
	}
	if i := slices.Index(folders, here); i >= 0 {
		return folders[:i+1]
	}
	return folders[:1]
}

// holdsConfig reports whether a file is a configuration. It is false if there is no such file, or if it belongs to
// another tool. An unreadable or empty file, or one with a misspelled kind, is an error: it is probably meant as the
// configuration, and the defaults may be wrong.
func holdsConfig(name string) (bool, error) {
	info, err := os.Stat(name)
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || err == nil && info.IsDir() {
		return false, nil // dindify may be the program instead of a folder
	}
	text, err := readFile(name)
	if err != nil {
		return false, err
	}
	file, err := stream.ReadFile(name, text)
	if err != nil {
		return false, fmt.Errorf("%w; it may be the configuration: correct it, or use the defaults with --no-config", err)
	}
	objects := 0
	for _, item := range file.Items {
		n := item.Document().Root()
		switch {
		case config.IsFunctionConfig(n):
			return true, nil
		case config.ResemblesFunctionConfig(n):
			return false, notConfig(name, fmt.Sprintf("has kind %q of %q", yamldoc.Text(n, "kind"),
				yamldoc.Text(n, "apiVersion")))
		case n != nil:
			objects++
		}
	}
	if objects == 0 {
		return false, notConfig(name, "is empty")
	}
	return false, nil
}

func notConfig(name, why string) error {
	return fmt.Errorf("%s %s, but a configuration has kind %s of %s: correct it, or use the defaults with --no-config",
		name, why, config.Kind, config.APIVersion)
}

func asTyped(file, here string, absolute bool) string {
	if relative, err := filepath.Rel(here, file); err == nil && !absolute {
		return relative
	}
	return file
}

// withoutConfigs removes configurations from the input: the one in use, and those that init wrote.
func (v *fileVerb) withoutConfigs(files []*stream.File) []*stream.File {
	var configs []os.FileInfo
	for _, name := range append(v.foundConfigs, v.configFile) {
		if info, err := os.Stat(name); err == nil {
			configs = append(configs, info)
		}
	}
	return slices.DeleteFunc(files, func(f *stream.File) bool {
		info, err := os.Stat(f.Name) // standard input has no name
		return err == nil && slices.ContainsFunc(configs, func(c os.FileInfo) bool { return os.SameFile(info, c) })
	})
}
