package audit

import (
	"path/filepath"
	"slices"
	"strings"
)

// textFiles lists the extensions of files other than manifests that an audit searches line by line: templates,
// scripts, Terraform, configuration of programs.
var textFiles = []string{
	".bash", ".bats", ".bicep", ".cue", ".envsubst", ".gotmpl", ".groovy", ".hcl", ".j2", ".jinja", ".jinja2", ".jsonnet",
	".libsonnet", ".nomad", ".sh", ".template", ".tf", ".tfvars", ".tmpl", ".toml", ".tpl", "Jenkinsfile", "Makefile",
}

// IsText reports whether a file is one of textFiles, and not a manifest.
func IsText(name string) bool {
	return slices.ContainsFunc(textFiles, func(end string) bool { return strings.HasSuffix(filepath.Base(name), end) })
}

// inert lists the extensions of documentation and source code. A mention in them mounts nothing.
var inert = []string{
	".adoc", ".c", ".cc", ".cpp", ".cs", ".css", ".csv", ".diff", ".go", ".h", ".hpp", ".htm", ".html", ".ipynb", ".java",
	".js", ".jsx", ".kt", ".lock", ".log", ".lua", ".map", ".markdown", ".md", ".mdx", ".mjs", ".mod", ".patch", ".php",
	".proto", ".rego", ".rs", ".rst", ".scala", ".scss", ".sql", ".sum", ".svg", ".swift", ".ts", ".tsv", ".tsx", ".txt",
	".vue", "CODEOWNERS", "LICENSE", "NOTICE",
}

// IsInert reports whether a file is documentation or source code: it is searched, and its mentions are listed, but
// are no uses.
func IsInert(name string) bool {
	base := filepath.Base(name)
	return slices.Contains(inert, filepath.Ext(base)) || slices.Contains(inert, base)
}
