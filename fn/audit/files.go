package audit

import (
	"path/filepath"
	"slices"
	"strings"
)

// textFiles are the files beside manifests that an audit reads by their lines, by the ends of their names: templates,
// scripts, Terraform, other programs' configuration.
var textFiles = []string{
	".bash", ".bats", ".bicep", ".cue", ".envsubst", ".gotmpl", ".groovy", ".hcl", ".j2", ".jinja", ".jinja2", ".jsonnet",
	".libsonnet",
	".nomad", ".sh", ".template", ".tf", ".tfvars", ".tmpl", ".toml", ".tpl", "Jenkinsfile", "Makefile",
}

// IsText says whether a file is one of textFiles, and no manifest.
func IsText(name string) bool {
	return slices.ContainsFunc(textFiles, func(end string) bool { return strings.HasSuffix(filepath.Base(name), end) })
}

// inert are the ends of the names of documents and of programs' sources. What they name, nothing mounts because of
// them.
var inert = []string{
	".adoc", ".c", ".cc", ".cpp", ".cs", ".css", ".csv", ".diff", ".go", ".h", ".hpp", ".htm", ".html", ".ipynb", ".java",
	".js", ".jsx", ".kt",
	".lock", ".log", ".lua", ".map", ".markdown", ".md", ".mdx", ".mjs", ".mod", ".patch", ".php", ".proto",
	".rego", ".rs",
	".rst",
	".scala", ".scss",
	".sql", ".sum", ".svg", ".swift", ".ts", ".tsv", ".tsx", ".txt", ".vue", ".xml", "CODEOWNERS", "LICENSE", "NOTICE",
}

// IsInert says whether a file is a document, or a program's source: it is searched, and what it names is listed and is
// no use.
func IsInert(name string) bool {
	base := filepath.Base(name)
	return slices.Contains(inert, filepath.Ext(base)) || slices.Contains(inert, base)
}
