package starter

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Step is a shell command, and its purpose.
type Step struct{ For, Command string }

// Steps returns the next three commands, and for a kpt package how to revert.
func (p *Plan) Steps() []Step {
	switch p.Kind {
	case Kustomization:
		return p.componentSteps()
	case Package:
		return p.packageSteps()
	case Stream:
		return p.streamSteps()
	}
	return p.manifestSteps()
}

// configName is the name of the configuration, for a shell.
func (p *Plan) configName() string { return Quote(p.Files()[len(p.Files())-1].Name) }

func (p *Plan) packageSteps() []Step {
	path := Quote(p.Path)
	return []Step{
		{"See what changes", "dindify diff " + QuoteAll(append(slices.Clone(p.Args), p.Path))},
		{"Put dindify into the Kptfile, and convert", "kpt fn eval " + path + " --save --type mutator --exec dindify " +
			"--fn-config " + p.configName()},
		{"After that", "kpt fn render " + path + " --allow-exec"},
		{
			"To go back one day, remove dindify from the Kptfile, which would convert again, and revert",
			"kpt fn eval " + path + " --exec dindify -- mode=DooD",
		},
	}
}

func (p *Plan) manifestSteps() []Step {
	args := slices.Clone(p.Args)
	if !isBeside(p.Out, p.Path) {
		args = append(args, "--config", p.Files()[0].Name)
	}
	input := QuoteAll(append(args, p.Path))
	return []Step{
		{"See what changes", "dindify diff " + input},
		{"Convert the files", "dindify convert -i " + input},
		{"Apply them", "dindify convert " + input + " | kubectl apply -f -"},
	}
}

// isBeside reports whether a folder is that of a path: `dindify convert` finds a configuration there.
func isBeside(out, path string) bool {
	return filepath.Clean(out) == filepath.Clean(Folder(path))
}

func (p *Plan) componentSteps() []Step {
	verb, path := QuoteAll(append([]string{"dindify", "build"}, p.Args...)), " "+Quote(p.Path)
	build, off := verb+path, verb+" --mode DooD"+path // without the mode it warns that nothing lists dindify
	config := Quote(filepath.Join(p.Out, "dindify", "dindify.yaml"))
	on := Step{"Apply", build + " | kubectl apply -f -"}
	file := KustomizationFile(p.Path)
	text, err := os.ReadFile(file)
	if err != nil {
		return []Step{on}
	}
	component := p.component()
	command, isOn := switchOn(file, string(text), component)
	if isOn || p.Listed {
		already := "It is already switched on. See the output"
		if !isOn {
			already = "A kustomization below lists dindify already, with its own configuration. See the output"
		}
		return []Step{
			{already, build},
			{"See what still uses the node's Docker", build + " | dindify audit -"},
			on,
		}
	}
	return []Step{
		{"See what changes", off + " | dindify diff --config " + config + " -"},
		{"Switch it on: the line `- " + component + "` under components", command},
		on,
	}
}

// component returns the component's folder as the kustomization names it.
func (p *Plan) component() string {
	dir, errDir := filepath.Abs(p.Path)
	out, errOut := filepath.Abs(filepath.Join(p.Out, "dindify"))
	relative, err := filepath.Rel(dir, out)
	if errDir != nil || errOut != nil || err != nil {
		return "dindify"
	}
	return filepath.ToSlash(relative)
}

// flowList matches the beginning of a list of components in flow style.
var flowList = pattern.Lazy(`(?m)^components:[ \t]*\[`)

// switchOn returns the command that adds the component to a kustomization, after the others: kustomize applies them
// in order, and an earlier one may mount the socket. isOn is true if it is listed already.
func switchOn(file, text, component string) (command string, isOn bool) {
	doc, err := yamldoc.Parse(text)
	if err != nil {
		return "", false
	}
	list := yamldoc.Items(doc.Root(), "components")
	for _, item := range list {
		isOn = isOn || filepath.Clean(item.Value) == component
	}
	flow, braces := flowList().FindStringIndex(text), inBraces().FindStringIndex(text)
	switch {
	case braces != nil:
		command = sed(inMapping(text, braces[1], component), file)
	case flow != nil:
		command = sed(inFlowList(text, flow[1], component), file)
	case len(list) == 0:
		start := ""
		if text != "" && !strings.HasSuffix(text, "\n") {
			start = `\n`
		}
		command = fmt.Sprintf(`printf '%scomponents:\n- %s\n' >> %s`, start, component, Quote(file))
	default:
		last := list[len(list)-1]
		margin := strings.Repeat(" ", max(0, last.Column-3))
		command = sed(fmt.Sprintf(`-e '%da\' -e %s`, last.Line, Quote(margin+"- "+component)), file)
	}
	return command, isOn
}

// inFlowList returns the edit that adds an element to a list in flow style, which begins at an offset.
func inFlowList(text string, begin int, element string) string {
	end := begin + strings.IndexByte(text[begin:], ']')
	return fmt.Sprintf(`'%ds|]|%s%s]|'`, 1+strings.Count(text[:end], "\n"), separator(text[begin:end]), element)
}

func sed(edit, file string) string { return "sed -i.bak " + edit + " " + Quote(file) }

// QuoteAll quotes the words of a command for a shell.
func QuoteAll(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = Quote(word)
	}
	return strings.Join(quoted, " ")
}

var plain = pattern.Lazy(`^[A-Za-z0-9_./:@%+=-]+$`)

// Quote quotes a word for a shell. Control characters become escapes, which need a shell with $'…', such as bash.
func Quote(word string) string {
	switch escaped := report.Plain(word); {
	case plain().MatchString(word):
		return word
	case escaped != word:
		return "$'" + report.Plain(strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(word)) + "'"
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
