package cli

import (
	"errors"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/config"
	fn "github.com/boxp/dindify/fn/function"
)

const defaultConfig = "apiVersion: " + config.APIVersion + "\nkind: " + config.Kind + "\n"

// functionFile returns a file's functionConfig in the form that kustomize expects, with the mode of the command line.
func functionFile(name string, mode config.Mode) (string, error) {
	if _, problems := loadConfig(name, mode); len(problems) > 0 {
		var errs []error
		for _, p := range problems {
			errs = append(errs, errors.New(p))
		}
		return "", errors.Join(errs...)
	}
	text, err := readFile(name)
	if err != nil {
		return "", err
	}
	return functionOf(text, mode)
}

func functionOf(text string, mode config.Mode) (string, error) {
	n, err := yaml.Parse(text)
	if err != nil {
		return "", err
	}
	if n.GetName() == "" {
		err = n.SetName("dindify")
	}
	err = errors.Join(err, n.PipeE(yaml.ClearAnnotation(fn.MarkerAnnotation)),
		n.PipeE(yaml.SetAnnotation(fn.CommandLineAnnotation, "true")),
		n.PipeE(yaml.SetAnnotation("config.kubernetes.io/function", "exec: {path: dindify}")))
	fields := "spec"
	if n.GetKind() == "ConfigMap" {
		fields = "data"
	}
	if mode != "" {
		err = errors.Join(err, n.PipeE(yaml.LookupCreate(yaml.MappingNode, fields), yaml.SetField("mode",
			yaml.NewStringRNode(string(mode)))))
	}
	out, printErr := n.String()
	return out, errors.Join(err, printErr)
}
