package convert

import (
	"regexp"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
)

var (
	// reference matches a reference that the kubelet replaces in the job's own container, before kubectl runs.
	reference = pattern.Lazy(`\$\([A-Za-z_][\w.-]*\)`)
	// shellVariable matches a variable that a shell reads where the command runs.
	shellVariable = pattern.Lazy(`\$\{?[#!]?[A-Za-z_]`)
)

// warnOfLostEnv warns of variables of a job that its command reads, but that are not set in the daemon's container,
// where it runs.
func warnOfLostEnv(container kube.Container, command []string) {
	line := reference().ReplaceAllString(strings.Join(command, " "), "")
	if !shellVariable().MatchString(line) && !strings.Contains(line, "printenv") {
		return
	}
	for _, v := range container.Get("env").Items() {
		if name := v.Text("name"); !strings.HasPrefix(name, "DOCKER_") && reads(line, name) {
			v.Warn(report.Because(report.CleanupEnv, "the command reads %s, but runs in the daemon's container, where it is "+
				"not set; write $(%s) in the command, or set it in spec.daemon.env", name, name))
		}
	}
	if from := container.Get("envFrom"); len(from.Items()) > 0 {
		from.Warn(report.Because(report.CleanupEnv, "the command may read variables of envFrom, but runs in the daemon's "+
			"container, where they are not set; write them as $(NAME) in the command, or set them in spec.daemon.env"))
	}
}

// reads reports whether a command line uses a shell's variable.
func reads(line, name string) bool {
	name = regexp.QuoteMeta(name)
	found, err := regexp.MatchString(`\$\{?[#!]?`+name+`\b|\bprintenv\s+`+name+`\b`, line)
	return err == nil && found
}
