package audit

import (
	"path/filepath"
	"slices"
	"strings"
)

// TextFiles are the files beside manifests that an audit reads by their lines, by the ends of their names: templates, scripts,
// Terraform, other programs' configuration.
var TextFiles = []string{
	".bash", ".bats", ".bicep", ".cue", ".envsubst", ".gotmpl", ".groovy", ".hcl", ".j2", ".jinja", ".jinja2", ".jsonnet", ".libsonnet",
	".nomad", ".sh", ".template", ".tf", ".tfvars", ".tmpl", ".toml", ".tpl", "Jenkinsfile", "Makefile",
}

// IsText says whether a file is one of TextFiles, and no manifest.
func IsText(name string) bool {
	return slices.ContainsFunc(TextFiles, func(end string) bool { return strings.HasSuffix(filepath.Base(name), end) })
}
