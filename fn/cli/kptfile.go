package cli

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/image"
	"github.com/boxp/dindify/fn/yamldoc"
)

// notePackages notes the packages whose next render undoes a revert of their files.
func (v *fileVerb) notePackages(r result) {
	here, err := os.Getwd()
	if err != nil {
		return
	}
	var known []string
	for i, f := range r.files {
		if r.texts[i].Is(f.Text()) {
			continue
		}
		at, err := filepath.Abs(filepath.Dir(f.Name))
		if err != nil {
			continue
		}
		for _, dir := range upwards(at, here) {
			file := filepath.Join(dir, "Kptfile")
			if !slices.Contains(known, file) && rendersDindify(file) {
				v.note("warning: %s lists dindify, and the next kpt fn render converts again: remove it there, or set "+
					"mode: DooD in its configuration", asTyped(file, here, filepath.IsAbs(f.Name)))
			}
			known = append(known, file)
		}
	}
}

// rendersDindify reports whether a Kptfile lists dindify with a mode other than DooD.
func rendersDindify(kptfile string) (is bool) {
	text, err := readFile(kptfile)
	if err != nil {
		return false // the folder is no package, or kpt says what is wrong with it
	}
	_, _ = yamldoc.ParseAndView(text, func(root *yaml.Node) {
		is = slices.ContainsFunc(yamldoc.Items(root, "pipeline", "mutators"), func(fn *yaml.Node) bool {
			return isDindify(fn) && modeOf(fn, filepath.Dir(kptfile)) != config.DooD
		})
	})
	return is
}

func isDindify(fn *yaml.Node) bool {
	program, _, _ := strings.Cut(yamldoc.Text(fn, "exec"), " ")
	return filepath.Base(program) == "dindify" || image.Base(yamldoc.Text(fn, "image")) == "dindify"
}

// modeOf returns the mode of the configuration of a function in a Kptfile.
func modeOf(fn *yaml.Node, dir string) config.Mode {
	mode := config.Mode(yamldoc.Text(fn, "configMap", "mode"))
	if file := yamldoc.Text(fn, "configPath"); file != "" {
		spec, _ := loadConfig(filepath.Join(dir, file), "")
		return spec.Mode
	}
	return cmp.Or(mode, config.DinD)
}
