// Package template recognizes template files, which must be rendered before they are manifests. Some of them happen
// to parse as YAML: {{ .Values.image }} is a flow mapping whose key is a mapping.
package template

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// Engine is a template engine, with the command that renders its templates.
type Engine struct{ Name, Render string }

// The engines. A template that could be Go's or Jinja's, such as {{ name }}, gets the engine "Go or Jinja".
var (
	Helm     = Engine{"Helm", "helm template CHART | dindify %s -"}
	Jinja    = Engine{"Jinja", "render it, and pass the output to dindify %s"}
	Go       = Engine{"Go or Jinja", "render it, and pass the output to dindify %s"}
	ERB      = Engine{"ERB", "render it, and pass the output to dindify %s"}
	Envsubst = Engine{"envsubst", "envsubst < FILE | dindify %s -"}
)

// Found is the first sign of a template in a file.
type Found struct {
	Engine
	Line int // 1-based
}

// Hint says how to pass the rendered text to a verb.
func (f Found) Hint(verb string) string { return fmt.Sprintf(f.Render, verb) }

var (
	helmWords = pattern.Lazy(
		`\{\{-?\s*(?:[^}]*[\s(|])?(?:\.Values\b|\.Release\.|\.Chart\.|\.Capabilities\.|\.Files\.|include\s+"|template\s+"|define\s+"|toYaml\b|tpl\s)`)
	// statement matches a line or value that begins with the braces of a template, without quotes. No manifest has one.
	statement = pattern.Lazy(`^\s*(?:-\s+)*(?:[A-Za-z0-9_./-]+:\s+)?\{\{`)
	jinja     = pattern.Lazy(`^\s*(?:-\s+)*(?:[A-Za-z0-9_./-]+:\s+)?\{%`)
	// flow matches a line whose value is in brackets, text what is in quotes there, and inFlow braces at the start of a
	// value: YAML reads them as a mapping whose key is a mapping, which no manifest has.
	flow   = pattern.Lazy(`^\s*(?:-\s+)*(?:["']?[A-Za-z0-9_./-]+["']?:\s+)?[\[{]`)
	text   = pattern.Lazy(`"(?:[^"\\]|\\.)*"|'[^']*'`)
	inFlow = pattern.Lazy(`[:,\[{]\s*\{\{`)
	// identity matches an identity field of an object whose value is a variable: the object cannot be identified.
	identity = pattern.Lazy(`^\s*(?:-\s+)?(?:apiVersion|kind|name|namespace|generateName):\s*["']?\$\{?[A-Za-z_]`)
	erb      = pattern.Lazy(`<%[-=#]?\s`)
	// builtIn matches the kinds whose identity fields, and those of quoted, hold no placeholders of a controller. A
	// Workflow, a policy or an ApplicationSet has parameters in braces there, which belong to no template engine.
	builtIn = pattern.Lazy(
		`^kind:\s*["']?(?:Pod|Deployment|DaemonSet|StatefulSet|ReplicaSet|ReplicationController|Job|CronJob|ConfigMap|Secret|Service|PersistentVolume)\b`)
	quoted = pattern.Lazy(
		`^\s*(?:-\s+)*(?:\{\s*)?(?:image|name|namespace|replicas):\s*(?:["'][^"']*|[^"'{\s][^"'{]*)\{\{`)
	block = pattern.Lazy(`(?:^|[\s:-])[|>][0-9+-]*\s*(?:#.*)?$`)
)

// Find returns the first sign that a file is a template; ok is false if there is none. Block scalars are skipped,
// since they may hold templates of other programs, and so are comments.
func Find(text string) (found Found, ok bool) {
	if !strings.Contains(text, "{{") && !strings.Contains(text, "<%") && !strings.Contains(text, "{%") &&
		!strings.Contains(text, "$") {
		return found, false
	}
	f := finder{inBlock: none}
	for line := range strings.Lines(text) {
		if f.read(line) {
			return f.found, true
		}
	}
	return found, false
}

const none = -1

// finder holds the state from the lines read so far.
type finder struct {
	found     Found
	line      int
	inBlock   int  // indentation of the line that opens a block scalar
	isBuiltIn bool // the document has a built-in kind
	inQuotes  int  // line of an identity field with braces; 0 if there is none above
}

func (f *finder) read(line string) (ok bool) {
	f.line++
	body := strings.TrimLeft(line, " ")
	indent := len(line) - len(body)
	body = strings.TrimSpace(body)
	switch {
	case body == "" || body[0] == '#':
		return false
	case f.inBlock >= 0 && indent > f.inBlock:
		return false
	case strings.HasPrefix(line, "---"):
		f.isBuiltIn, f.inQuotes = false, 0
	}
	f.inBlock = none
	if e, is := engine(line); is {
		f.found = Found{e, f.line}
		return true
	}
	f.isBuiltIn = f.isBuiltIn || builtIn().MatchString(line)
	if f.inQuotes == 0 && quoted().MatchString(line) {
		f.inQuotes = f.line
	}
	if f.isBuiltIn && f.inQuotes > 0 {
		f.found = Found{Go, f.inQuotes}
		return true
	}
	if block().MatchString(strings.TrimRight(line, "\r\n")) {
		f.inBlock = indent
	}
	return false
}

func engine(line string) (Engine, bool) {
	switch {
	case helmWords().MatchString(line):
		return Helm, true
	case jinja().MatchString(line):
		return Jinja, true
	case erb().MatchString(line):
		return ERB, true
	case statement().MatchString(line), isInFlow(line):
		return Go, true
	case identity().MatchString(line):
		return Envsubst, true
	}
	return Engine{}, false
}

func isInFlow(line string) bool {
	return strings.Contains(line, "{{") && flow().MatchString(line) &&
		inFlow().MatchString(text().ReplaceAllString(line, `""`))
}

// Chart returns the folder of the Helm chart that a file is a template of, or "": the folder that holds Chart.yaml,
// above a folder named templates.
func Chart(file string, exists func(string) bool) string {
	for dir := filepath.Dir(file); ; dir = filepath.Dir(dir) {
		if filepath.Base(dir) == "templates" && exists(filepath.Join(filepath.Dir(dir), "Chart.yaml")) {
			return filepath.Dir(dir)
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}
