package convert

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/sources"
)

var (
	// volumeOption matches docker run -v, and similar options of other programs, such as --docker-volumes.
	volumeOption = pattern.Lazy(`(?:^|[\s"'=])(?:-v(?:=|\s*)|--(?:[\w-]+-)?volumes?(?:=|\s+))["']?` + hostSide +
		`["']?:`)
	// mountOption matches docker run --mount type=bind,source=…
	mountOption = pattern.Lazy(`--mount(?:=|\s+)["']?([^\s"']+)`)
	// volumeList matches a key of GitLab Runner's TOML, of compose files and of runners' YAML.
	volumeList = pattern.Lazy(`(?:^|[{,])\s*["']?volumes["']?\s*[:=]\s*`)
	// volumeEntry matches an element of such a list: a path for the daemon and one for the container.
	volumeEntry = pattern.Lazy(`(?:^|[\s"'=,;\[-])` + hostSide + `:[^\s"',\]]+`)
	// bindType and bindSourceKey are the long syntax of a compose file's volumes.
	bindType      = pattern.Lazy(`\btype["']?\s*:\s*["']?bind\b`)
	bindSourceKey = pattern.Lazy(`(?:^|[\s{,-])["']?source["']?\s*:\s*["']?` + hostSide)
	// volumeName matches the names of variables with such a list.
	volumeName = pattern.Lazy(`(?i)(?:VOLUMES?|MOUNTS?|BINDS?)$`)
)

// bindWords has a word of every text with a bind mount, in any of these forms.
var bindWords = []string{"-v", "volume", "--mount", "bind"}

// hostPathVariables lists variables with one path for the daemon.
var hostPathVariables = []string{
	"WORKSPACE_MOUNT_PATH", // OpenHands before SANDBOX_VOLUMES: docs/modules/usage/runtimes/docker.md
}

// kernelFolders are the same in every mount namespace.
var kernelFolders = []string{"/proc", "/sys", "/dev"}

// socketFolders contain the daemon's own socket, which is the intended target.
var socketFolders = []string{"/run", "/run/docker.sock"}

// warnOfBinds warns of bind mounts whose source the daemon does not have: it resolves the left side of -v in its own
// file system, and creates an empty folder if there is nothing (moby#23900).
func warnOfBinds(c *converter, client *Client) {
	daemon := client.Container(c.Daemon.Name)
	for _, container := range client.socketContainers() {
		warnOfOwnFolder(daemon, container.Container)
		workingDir := container.Text("workingDir")
		warn := func(sources []bindSource, fileDir string, do func(report.Reason)) {
			for _, source := range sources {
				if at := source.resolve(workingDir, fileDir); at != "" && !hasPath(daemon, at) {
					do(source.unbound(at))
				}
			}
		}
		for _, v := range c.sources.Variables(container.Container) {
			warn(bindSources(v), "", v.Field.Warn)
		}
		for _, list := range container.Commands() {
			warn(bindsIn(strings.Join(list.Texts(), " ")), "", list.Warn)
		}
		texts := c.sources.Files(client.Pod, container.Container)
		projects := c.projects(container.Container, texts)
		c.warnOfProjects(daemon, container.Container, projects, texts)
		for _, t := range texts {
			binds := bindSearch.In(t.Entry)
			if !c.lookups.Add(len(binds) + len(projects)) {
				return
			}
			warn(binds, composeFolder(t, projects, workingDir), func(why report.Reason) { client.warnAt(t.Field, why) })
		}
	}
}

// unbound is the warning about a source at a path that the daemon does not have.
func (s bindSource) unbound(at string) report.Reason {
	if s.line > 0 {
		at = fmt.Sprintf("line %d: %s", s.line, at)
	}
	return report.Because(report.BindSource, "%s was a folder of the node, which the daemon does not have: containers "+
		"that mount it find it empty; mount its hostPath in this container at the same path, or set spec.daemon.volumes and "+
		"spec.daemon.volumeMounts", at)
}

func hasPath(daemon kube.Container, at string) bool {
	p := socket.Normalize(at)
	isIn := func(folder string) bool { return socket.IsBelow(p, folder) }
	return slices.Contains(socketFolders, p) || slices.ContainsFunc(kernelFolders, isIn) ||
		slices.ContainsFunc(daemon.Mounts(), func(m kube.Field) bool { return isIn(socket.Normalize(m.Text("mountPath"))) })
}

// bindSources returns the paths for the daemon in a variable, by the variable's name or in the lines of a
// configuration.
func bindSources(v sources.Variable) []bindSource {
	switch {
	case slices.Contains(hostPathVariables, v.Name) && strings.HasPrefix(v.Value, "/"):
		return []bindSource{{path: path.Clean(v.Value)}}
	case strings.Contains(v.Value, "\n"):
		return bindsIn(v.Value)
	case !strings.Contains(v.Value, ":"), strings.Contains(v.Value, "://"), !volumeName().MatchString(v.Name):
		return nil
	}
	var all []bindSource
	for _, m := range volumeEntry().FindAllStringSubmatch(v.Value, -1) {
		if strings.HasPrefix(m[1], "/") {
			all = append(all, bindSource{path: path.Clean(m[1])})
		}
	}
	return all
}

var bindSearch = sources.NewSearch(func(e *sources.Entry) []bindSource { return bindsIn(e.Text) })

// bindsIn returns the paths for the daemon in a command line or a configuration, without duplicates and comments.
func bindsIn(text string) []bindSource {
	if !slices.ContainsFunc(bindWords, func(word string) bool { return strings.Contains(text, word) }) {
		return nil
	}
	var all []bindSource
	added := map[bindSource]bool{}
	add := func(source bindSource) {
		key := source
		if key.line = 0; !added[key] {
			all, added[key] = append(all, source), true
		}
	}
	folder, n, list, isLong := folderState{}, 0, volumeListState{}, bindType().MatchString(text)
	for line := range strings.Lines(text) {
		n++
		if commands.IsComment(line) {
			continue
		}
		folder.read(line)
		for _, m := range volumeOption().FindAllStringSubmatch(line, -1) {
			add(folder.source(m[1], n))
		}
		for _, m := range mountOption().FindAllStringSubmatch(line, -1) {
			if source := boundBy(m[1]); source != "" {
				add(folder.source(source, n))
			}
		}
		if isLong {
			for _, m := range bindSourceKey().FindAllStringSubmatch(line, 1) {
				add(listedSource(m[1], n))
			}
		}
		for _, p := range list.read(line) {
			add(listedSource(p, n))
		}
	}
	if n == 1 && len(all) > 0 {
		for i := range all {
			all[i].line = 0
		}
	}
	return all
}

// boundBy returns the source of a value of --mount, or "" if it is not a bind mount.
func boundBy(value string) string {
	source, isBind := "", false
	for _, part := range strings.Split(value, ",") {
		switch key, v, _ := strings.Cut(part, "="); key {
		case "type":
			isBind = v == "bind"
		case "source", "src":
			source = v
		}
	}
	if isBind && isHostSide().MatchString(source) {
		return source
	}
	return ""
}
