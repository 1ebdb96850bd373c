package commands

import (
	"regexp"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
)

// Endpoint is an endpoint, or the path of a socket, in a text.
type Endpoint struct {
	Key   string // its key or option; "" if it has none
	Value string
	Line  int // 1-based line
}

const endpointURL = `((?:unix|tcp|ssh|npipe|http|https)://[^\s"',;)\]}]+)`

var (
	// assignmentPattern matches a line whose whole value is an endpoint or a path, in YAML, TOML, INI, JSON and shell
	// syntax.
	assignmentPattern = pattern.Lazy(`^\s*(?:-\s+)?(?:export\s+)?["']?([\w./-]+)["']?\s*[:=]\s*["']?(?:` + endpointURL +
		`|(/[^\s"',;:]+))["']?\s*[,;]?\s*$`)
	// quotedPattern matches such a value anywhere in a line of JSON or of a flow mapping.
	quotedPattern = pattern.Lazy(`["']([\w.-]+)["']\s*:\s*["'](?:` + endpointURL + `|(/[^\s"',;:]+))["']`)
	// exportPattern matches a variable that a command line sets.
	exportPattern = pattern.Lazy(`(?:^|[\s;&|(])(DOCKER_HOST)=["']?` + endpointURL)
	// hostOptionPattern matches command line options with an endpoint: docker -H, --host as in dockerd, an application's
	// --docker=…. The value may directly follow a short option.
	hostOptionPattern = pattern.Lazy(`(?:^|\s)(--?[\w.-]+?)(?:=|\s+)?["']?` + endpointURL)
	// dockerName matches a name under which any endpoint is Docker's, also as a property of Java (-Ddocker.host).
	dockerName = pattern.Lazy(
		`(?i)^(?:-D)?(?:[\w.-]*[._-])?docker[._-]?(?:host|endpoint|socket|sock|addr|address|daemon|engine|url|uri)?$|^-H$|^--host$|^core_vm_endpoint$`)
	// dockerPort matches the ports of Docker's API, without and with TLS.
	dockerPort = pattern.Lazy(`^(?:tcp|https?)://[^/\s]+:237[56](?:/|$)`)
)

// EndpointsIn finds endpoints and paths in a text line by line, except in comments.
func EndpointsIn(text string) []Endpoint {
	var all []Endpoint
	n := 0
	for line := range strings.Lines(text) {
		n++
		if !strings.Contains(line, "/") || IsComment(line) {
			continue
		}
		for _, shape := range []func() *regexp.Regexp{
			assignmentPattern, quotedPattern, exportPattern, hostOptionPattern,
		} {
			for _, m := range shape().FindAllStringSubmatch(line, -1) {
				all = append(all, Endpoint{m[1], strings.Join(m[2:], ""), n})
			}
		}
	}
	return all
}

// IsDocker reports whether a Docker daemon serves the endpoint: by the socket's name, Docker's port, or the key's
// name.
func (n Endpoint) IsDocker() bool {
	scheme, rest, ok := strings.Cut(n.Value, "://")
	switch {
	case !ok:
		return false
	case scheme == "unix":
		return isDockerSocket(rest)
	case dockerPort().MatchString(n.Value):
		return true
	}
	return scheme != "http" && scheme != "https" && dockerName().MatchString(n.Key)
}

func isDockerSocket(p string) bool {
	u, ok := socket.Find(p)
	return ok && u.Runtime == socket.Docker && u.Inside == "" && strings.HasPrefix(p, "/")
}
