package convert

import (
	"regexp"
	"strings"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/sources"
)

// limitSigns match what shows that a client meets a limitation of an isolation: options of Docker's client, and
// settings of its configuration files and of compose files.
var limitSigns = map[config.Isolation]struct {
	pattern func() *regexp.Regexp
	fails   string
}{
	config.UserNamespace: {
		pattern.Lazy(commands.Docker + `[^;&|\n]*\s--privileged\b|(?:^|[\s{,])["']?privileged["']?\s*[:=]\s*true\b`),
		"a privileged nested container ends with \"error mounting sysfs\"",
	},
	config.GVisor: {
		pattern.Lazy(commands.Docker + `compose\s[^;&|\n]*\bup\b|\bdocker-compose\s[^;&|\n]*\bup\b`),
		"containers of Compose do not find each other by name, and reach nothing outside of the pod unless they use the " +
			"host's network",
	},
	config.Rootless: {
		pattern.Lazy(commands.Docker + `(?:run|create)\s[^;&|\n]*\s(?:--memory|--cpus|-m)\b`),
		"the limit has no effect, since rootless Docker needs systemd for that",
	},
}

// warnOfLimits warns of commands and mounted files that show that the client meets a limitation of the isolation.
func (c *converter) warnOfLimits(client *Client) {
	sign, ok := limitSigns[c.Daemon.Isolation]
	if !ok {
		return
	}
	for _, container := range client.socketContainers() {
		commands.Find(container.Container, sign.pattern(), func(at kube.Field, found string) {
			at.Warn(c.limitReason(found, sign.fails))
		})
		for _, t := range c.sources.Files(client.Pod, container.Container) {
			if !c.lookups.Add(1) {
				return
			}
			if found := limitSearch.In(t.Entry)[c.Daemon.Isolation]; found != "" {
				client.warnAt(t.Field, c.limitReason(found, sign.fails))
			}
		}
	}
}

func (c *converter) limitReason(found, fails string) report.Reason {
	return report.Because(report.IsolationLimits, "%q with spec.daemon.isolation %s: %s", strings.TrimSpace(found),
		c.Daemon.Isolation, fails)
}

var limitSearch = sources.NewSearch(func(e *sources.Entry) map[config.Isolation]string { return limitsIn(e.Text) })

// limitsIn returns what a file has of limitSigns, except in its comments.
func limitsIn(text string) map[config.Isolation]string {
	text = commands.WithoutComments(text)
	all := map[config.Isolation]string{}
	for isolation, sign := range limitSigns {
		if found := sign.pattern().FindString(text); found != "" {
			all[isolation] = found
		}
	}
	return all
}
