package socket

import (
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// dockerHost is the variable of Docker's client that names its daemon.
const dockerHost = "DOCKER_HOST"

// hostOptions lists what names a daemon in front of its endpoint.
var hostOptions = []string{dockerHost, "-H", "--host"}

// readHost notes whether the words of a line, or the value of a name above it, are of DOCKER_HOST.
func (s *scanner) readHost(line string) {
	if strings.Contains(line, dockerHost) {
		s.hostLine = s.line
	}
	s.inHost = s.hostLine == s.line || s.hostLine == s.line-1 && valueKey().MatchString(line)
}

// dockerPort matches an address with one of Docker's ports.
var dockerPort = pattern.Lazy(
	`^(?:(?:tcp|https?)://[^/:@]*:237[56](?:/.*)?|[^/:@]*:237[56](?::[0-9]+)?(?:/|/tcp)?)$`)

// endpoint returns what a Docker endpoint names, without its scheme. isHost says that the word is the value of
// DOCKER_HOST or of docker's option -H: its port and its socket may be any, and its host may be missing.
func endpoint(word string, isHost bool) (at string, is bool) {
	if value, ok := strings.CutPrefix(word, "-H"); ok {
		word, isHost = value, true
	}
	for _, scheme := range []string{"unix://", "npipe://", "fd://", "http://unix:", "unix:"} {
		if at, is := strings.CutPrefix(word, scheme); is {
			at, _, _ = strings.Cut(at, ":") // as nginx separates a socket from a path
			_, leads := Find(at)
			return at, leads || isHost && scheme != "fd://" && len(at) > 1 && strings.ContainsRune("/$", rune(at[0]))
		}
	}
	scheme, at, hasScheme := strings.Cut(word, "://")
	if isHost && at != "" && (scheme == "tcp" || scheme == "ssh") {
		return at, true
	}
	if !hasScheme {
		at = word
	}
	isDocker := strings.Contains(word, ":237") && dockerPort().MatchString(word)
	return at, isDocker && (hasScheme || isHost || !strings.HasPrefix(at, ":"))
}
