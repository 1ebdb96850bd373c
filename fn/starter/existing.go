package starter

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/yamldoc"
)

// existing returns the text that a file of the plan replaces; "" if there is no file.
func (p *Plan) existing(f File) (string, error) {
	if err := p.refuseLinkOut(f.Name); err != nil {
		return "", err
	}
	old, err := os.ReadFile(f.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err == nil && len(old) > 0 && kindOf(string(old)) != kindOf(f.Text) {
		err = fmt.Errorf("%s is not a file that init writes, and is not replaced: move it, or choose another folder with -o",
			f.Name)
	}
	return string(old), err
}

// refuseLinkOut refuses a file that a symbolic link leads out of the output folder. A repository may contain a link to
// any file of the user.
func (p *Plan) refuseLinkOut(name string) error {
	root, err := os.OpenRoot(p.Out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	defer func() { _ = root.Close() }() // opened for reading only
	relative, err := filepath.Rel(p.Out, name)
	if err != nil {
		return err
	}
	if _, err := root.Stat(relative); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: init writes only inside %s, and follows no symbolic link out of it: %w", name, p.Out, err)
	}
	return nil
}

// kindOf returns what kind of file a text is: a configuration, another object, or else its keys; "" if it is not one
// YAML document.
func kindOf(text string) (kind string) {
	_, err := yamldoc.ParseAndView(text, func(root *yaml.Node) {
		switch kind = yamldoc.Text(root, "kind"); {
		case config.IsFunctionConfig(root):
			kind = config.Kind
		case kind != "":
			kind = yamldoc.Text(root, "apiVersion") + " " + kind
		default:
			kind = strings.Join(yamldoc.Keys(root), " ")
		}
	})
	if err != nil {
		return "" // `convert` says what is wrong with a configuration
	}
	return kind
}
