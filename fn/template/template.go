// Package template recognises files that a template engine has to render before they are manifests. Some of them parse
// as YAML by chance: {{ .Values.image }} is a flow mapping whose key is a mapping.
package template

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// Engine is a template engine, and how its templates become manifests.
type Engine struct{ Name, Render string }

// The engines. A template whose engine cannot be told is Go's: {{ name }} is Jinja's and Go's alike.
var (
	Helm     = Engine{"Helm", "helm template CHART | dindify %s -"}
	Jinja    = Engine{"Jinja", "render it, and give dindify %s what comes out"}
	Go       = Engine{"Go or Jinja", "render it, and give dindify %s what comes out"}
	ERB      = Engine{"ERB", "render it, and give dindify %s what comes out"}
	Envsubst = Engine{"envsubst", "envsubst < FILE | dindify %s -"}
)

// Found is the first sign of a template in a file.
type Found struct {
	Engine
	Line int // from 1
}

// Hint is how to give a verb the rendered text.
func (f Found) Hint(verb string) string { return fmt.Sprintf(f.Render, verb) }

var (
	helmWords = pattern.Lazy(
		`\{\{-?\s*(?:[^}]*[\s(|])?(?:\.Values\b|\.Release\.|\.Chart\.|\.Capabilities\.|\.Files\.|include\s+"|template\s+"|define\s+"|toYaml\b|tpl\s)`)
	// statement is a line or a value that begins with a template's braces, without quotes: no manifest has it.
	statement = pattern.Lazy(`^\s*(?:-\s+)*(?:[A-Za-z0-9_./-]+:\s+)?\{\{`)
	jinja     = pattern.Lazy(`^\s*(?:-\s+)*(?:[A-Za-z0-9_./-]+:\s+)?\{%`)
	// identity is a field of an object's identity that is a variable: nothing can be said of the object.
	identity = pattern.Lazy(`^\s*(?:-\s+)?(?:apiVersion|kind|name|namespace|generateName):\s*["']?\$\{?[A-Za-z_]`)
	erb      = pattern.Lazy(`<%[-=#]?\s`)
	// builtIn is the kind of a document whose fields of identity, of quoted, hold nothing that a controller replaces. A
	// Workflow, a policy or an ApplicationSet has parameters in braces there, which are none of a template's.
	builtIn = pattern.Lazy(
		`^kind:\s*["']?(?:Pod|Deployment|DaemonSet|StatefulSet|ReplicaSet|ReplicationController|Job|CronJob|ConfigMap|Secret|Service|PersistentVolume)\b`)
	quoted = pattern.Lazy(
		`^\s*(?:-\s+)*(?:\{\s*)?(?:image|name|namespace|replicas):\s*(?:["'][^"']*|[^"'{\s][^"'{]*)\{\{`)
	block = pattern.Lazy(`(?:^|[\s:-])[|>][0-9+-]*\s*(?:#.*)?$`)
)

// Find returns the first sign that a file is a template; ok is false where there is none. Block scalars do not count,
// since they hold other programs' templates, and neither do comments.
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

// finder is what the lines above the present one say.
type finder struct {
	found     Found
	line      int
	inBlock   int  // indentation of the line that opens a block scalar
	isBuiltIn bool // the document is of a kind of Kubernetes' own
	inQuotes  int  // line of a field of identity with braces; 0 where none is above
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
	case statement().MatchString(line):
		return Go, true
	case identity().MatchString(line):
		return Envsubst, true
	}
	return Engine{}, false
}

// Chart is the folder of the Helm chart that a file is a template of; "" where it is none's: the folder that holds
// Chart.yaml, above a folder of the name templates.
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
