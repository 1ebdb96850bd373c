package convert

import (
	"regexp"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
)

// named is something in a text that names a Docker daemon: an endpoint, or the path of a socket.
type named struct {
	key   string // of what it is the value, or the option; "" where it stands alone
	value string
	line  int // from 1
}

const endpointURL = `((?:unix|tcp|ssh|npipe|http|https)://[^\s"',;)\]}]+)`

var (
	// assigned is a line whose whole value is an endpoint or a path, as YAML, TOML, INI, JSON and shells write it.
	assigned = pattern.Lazy(`^\s*(?:-\s+)?(?:export\s+)?["']?([\w./-]+)["']?\s*[:=]\s*["']?(?:` + endpointURL +
		`|(/[^\s"',;:]+))["']?\s*[,;]?\s*$`)
	// quoted is such a value anywhere in a line of JSON or of a flow mapping.
	quoted = pattern.Lazy(`["']([\w.-]+)["']\s*:\s*["'](?:` + endpointURL + `|(/[^\s"',;:]+))["']`)
	// exported is a variable that a command line sets.
	exported = pattern.Lazy(`(?:^|[\s;&|(])(DOCKER_HOST)=["']?` + endpointURL)
	// option is how programs are told on their command lines: docker -H, dockerd-like --host, an application's --docker=….
	// The value may stand right behind a short one.
	option = pattern.Lazy(`(?:^|\s)(--?[\w.-]+?)(?:=|\s+)?["']?` + endpointURL)
	// dockerName is a name under which an endpoint of any port and scheme is Docker's.
	dockerName = pattern.Lazy(
		`(?i)^(?:[\w.-]*[._-])?docker[._-]?(?:host|endpoint|socket|sock|addr|address|daemon|engine|url|uri)?$|^-H$|^--host$|^core_vm_endpoint$`)
	// dockerPort is the port of Docker's API, without and with TLS.
	dockerPort = pattern.Lazy(`^(?:tcp|https?)://[^/\s]+:237[56](?:/|$)`)
)

// namedIn finds what a text names line by line. Comments do not count.
func namedIn(text string) []named {
	var all []named
	n := 0
	for line := range strings.Lines(text) {
		n++
		if !strings.Contains(line, "/") || isComment(line) {
			continue
		}
		for _, shape := range []func() *regexp.Regexp{assigned, quoted, exported, option} {
			for _, m := range shape().FindAllStringSubmatch(line, -1) {
				all = append(all, named{m[1], strings.Join(m[2:], ""), n})
			}
		}
	}
	return all
}

func isComment(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//") || strings.HasPrefix(line, ";")
}

// isEndpoint says whether a daemon of Docker's answers there: at a socket of that name, at Docker's port, or wherever
// the name says that it is Docker's.
func (n named) isEndpoint() bool {
	scheme, rest, ok := strings.Cut(n.value, "://")
	switch {
	case !ok:
		return false
	case scheme == "unix":
		return isDockerSocket(rest)
	case dockerPort().MatchString(n.value):
		return true
	}
	return scheme != "http" && scheme != "https" && dockerName().MatchString(n.key)
}

func isDockerSocket(p string) bool {
	u, ok := socket.Find(p)
	return ok && u.Runtime == socket.Docker && u.Inside == "" && strings.HasPrefix(p, "/")
}
