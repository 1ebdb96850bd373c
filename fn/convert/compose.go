package convert

import (
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/sources"
)

// composeCommand matches a call of Compose, with its options and command.
var composeCommand = pattern.Lazy(`(?:` + commands.Docker + `compose|\bdocker-compose)\s+([^;&|\n]+)`)

// composeFile matches the names that Compose looks for.
var composeFile = pattern.Lazy(`^(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml$`)

// composeStarts lists the commands of Compose that start containers.
var composeStarts = []string{"create", "restart", "run", "start", "up", "watch"}

// composeValues lists the options of Compose that take a value (docs.docker.com/reference/cli/docker/compose).
var composeValues = []string{
	"--ansi", "--context", "--env-file", "--file", "--host", "--log-level", "--parallel", "--profile", "--progress",
	"--project-directory", "--project-name", "--tlscacert", "--tlscert", "--tlskey", "-H", "-c", "-f", "-p",
}

// project is what a call of Compose starts.
type project struct {
	folder bindSource // in which relative paths of its file are resolved
	file   bindSource // the first one that the call names; its path is "" if it names none
}

var projectSearch = sources.NewSearch(func(e *sources.Entry) []project { return projectsIn(e.Text) })

// projectsIn returns the projects that a command line or a script starts.
func projectsIn(text string) []project {
	if !strings.Contains(text, "compose") {
		return nil
	}
	var all []project
	folder, n := folderState{}, 0
	for line := range strings.Lines(text) {
		n++
		if commands.IsComment(line) {
			continue
		}
		folder.read(line)
		for _, m := range composeCommand().FindAllStringSubmatch(line, -1) {
			if p, starts := projectOf(strings.Fields(m[len(m)-1]), folder, n); starts {
				all = append(all, p)
			}
		}
	}
	return all
}

// projectOf reads the options of a call: the project's folder is the one that it names, or that of its first file, or
// the current one (docs.docker.com/reference/cli/docker/compose, --project-directory).
func projectOf(words []string, current folderState, line int) (p project, starts bool) {
	p.folder = current.source(".", line)
	isNamed := false
	for i := 0; i < len(words); i++ {
		name, value, inWord := strings.Cut(words[i], "=")
		if !strings.HasPrefix(name, "-") {
			return p, slices.Contains(composeStarts, strings.Trim(name, `"'`))
		}
		if !slices.Contains(composeValues, name) {
			continue
		}
		if !inWord && i+1 < len(words) {
			i++
			value = words[i]
		}
		value = strings.Trim(value, `"'`)
		switch at := current.source(value, line); {
		case name == "--project-directory":
			p.folder, isNamed = at, true
		case (name == "-f" || name == "--file") && p.file.path == "" && value != "-":
			if p.file = at; !isNamed {
				p.folder = at
				p.folder.path = path.Dir(at.path)
			}
		}
	}
	return p, false
}

// projects returns the projects that a container starts, in its commands and in the scripts that it mounts.
func (c *converter) projects(container kube.Container, texts []sources.File) []project {
	all := projectsIn(commands.All(container))
	for _, t := range texts {
		all = append(all, projectSearch.In(t.Entry)...)
	}
	return all
}

// composeFolder returns the folder of the project that a file of texts is for; its own folder if no project has it.
func composeFolder(t sources.File, projects []project, workingDir string) string {
	own := path.Dir(t.Path)
	for _, p := range projects {
		at := p.folder.resolve(workingDir, "")
		isNamed := p.file.path != "" && path.Base(p.file.path) == path.Base(t.Key)
		if at != "" && (isNamed || p.file.path == "" && composeFile().MatchString(t.Key)) {
			return at
		}
	}
	return own
}

// warnOfProjects warns of projects whose folder the daemon does not have, if their file is not in the input: it may
// name relative paths.
func (c *converter) warnOfProjects(daemon, container kube.Container, projects []project, texts []sources.File) {
	workingDir, told, read := container.Text("workingDir"), map[string]bool{}, map[string]bool{}
	for _, t := range texts {
		read[path.Base(t.Key)] = true
		read[""] = read[""] || composeFile().MatchString(t.Key) // for projects that name no file
	}
	for _, p := range projects {
		at, file := p.folder.resolve(workingDir, ""), ""
		if p.file.path != "" {
			file = path.Base(p.file.path)
		}
		if at == "" || told[at] || read[file] || hasPath(daemon, at) || hasMountBelow(daemon, at) {
			continue
		}
		told[at] = true
		container.Warn(report.Because(report.BindSource, "Compose resolves relative paths of its file in %s, which the "+
			"daemon does not have: containers that mount them find them empty; mount a volume there (an emptyDir is enough), "+
			"and dindify mounts it in the daemon at the same path", at))
	}
}
