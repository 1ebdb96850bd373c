package discover

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/sources"
)

// A job that prunes may have its commands in a script of a ConfigMap. The daemon's container does not have the file,
// so such a job cannot be rewritten.

// dockerUse is what the Docker commands of a text do.
type dockerUse struct {
	prunes string // the first command that removes data; "" if there is none
	works  bool   // a command runs or builds something
}

var dockerUses = sources.NewSearch(func(e *sources.Entry) dockerUse { return dockerUseOf(e.Text) })

// dockerUseOf returns the use of Docker in a script, except in its comments.
func dockerUseOf(script string) (use dockerUse) {
	if !strings.Contains(script, "docker") {
		return use
	}
	script = commands.WithoutComments(script)
	return dockerUse{commands.Prune().FindString(script), commands.BuildOrRun().MatchString(script)}
}

// scriptName matches a script whose name says that it prunes.
var scriptName = pattern.Lazy(`[\w./-]*(?:prune|clean-?up|docker-?gc)[\w.-]*\.(?:sh|bash|py)\b`)

// scriptVerdict returns the verdict on a workload that prunes by a script, and does nothing else with Docker; none for
// other workloads.
func (f *Finder) scriptVerdict(pod kube.Pod, uses []*Use) verdict {
	why, read := "", map[*yaml.Node]bool{}
	for _, u := range uses {
		container := u.Container.Node()
		if !u.Mounted() || u.Runtime != socket.Docker || read[container] {
			continue
		}
		read[container] = true // it may mount the socket many times
		if startsContainers(u.Container) || commands.BuildOrRun().MatchString(commands.WithHooks(u.Container)) {
			return verdict{}
		}
		for _, t := range f.sources.MountedFiles(pod, u.Container) {
			use := dockerUses.In(t.Entry)
			if use.works {
				return verdict{}
			}
			if use.prunes != "" && why == "" {
				why = "runs " + use.prunes + " of " + t.Field.Object().Title() + " " + t.Field.Path()
			}
		}
		if why != "" || pod.Object().Kind() != "CronJob" {
			continue
		}
		if name := scriptName().FindString(strings.Join(u.Container.CommandLine(), " ")); name != "" {
			why = "runs the script " + name
		}
	}
	if why == "" {
		return verdict{}
	}
	return unsure(report.ClassUnsure, "%s, which prunes, and which the daemon's container does not have", why)
}
