package config

import (
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/socket"
)

// DockerPort is the port that dockerd listens on if an address has none, with and without TLS.
const DockerPort = 2375

// OpenPort returns the port that dockerd opens beyond loopback for a value of its flag --host; open is false if there
// is none (moby, daemon/pkg/opts/hosts.go, ParseHost and ParseTCPAddr): without a scheme it is TCP, an empty host is
// localhost, and with an invalid address dockerd does not start. A port from a variable counts as the default.
func OpenPort(host string) (port int32, open bool) {
	host, _, _ = strings.Cut(strings.TrimSpace(host), ":$")
	if host == "" {
		return 0, false // the default: a socket, or localhost with TLS
	}
	if !strings.Contains(host, "://") {
		host = "tcp://" + host
	}
	address, err := url.Parse(host)
	if err != nil || address.Scheme != "tcp" || address.Path != "" || socket.IsLoopback(address.Hostname()) {
		return 0, false
	}
	if address.Port() == "" {
		return DockerPort, true
	}
	number, err := strconv.ParseUint(address.Port(), 10, 16)
	return int32(number), err == nil && number != 0
}

// HostFlags are the names of dockerd's flag for an address to listen on.
var HostFlags = []string{"--host", "-H"}

// FlagValues returns the values of a flag of dockerd in a command line.
func FlagValues(words []string, names ...string) (values []string) {
	for _, f := range flags(words) {
		if slices.Contains(names, f.name) {
			values = append(values, f.value)
		}
	}
	return values
}

// FlagNames yields the names of the flags in a command line of dockerd, with the place of each.
func FlagNames(words []string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, f := range flags(words) {
			if !yield(i, f.name) {
				return
			}
		}
	}
}

type flag struct{ name, value string }

// flags yields the flags in a command line of dockerd, with the place of each name: --host X, --host=X, -H X, -H=X,
// -HX, and -DHX, since -D takes no value (spf13/pflag). A flag without a value has the next word as its own.
func flags(words []string) iter.Seq2[int, flag] {
	return func(yield func(int, flag) bool) {
		for i, word := range words {
			name, value, inWord := cutFlag(word)
			if !inWord && i+1 < len(words) {
				value = words[i+1]
			}
			if name != "" && !yield(i, flag{name, value}) {
				return
			}
		}
	}
}

// cutFlag cuts a word into a flag's name and the value in the same word; name is "" if the word is no flag.
func cutFlag(word string) (name, value string, inWord bool) {
	if strings.HasPrefix(word, "--") {
		return strings.Cut(word, "=")
	}
	letters, isFlag := strings.CutPrefix(word, "-")
	if letters = strings.TrimLeft(letters, "D"); !isFlag || letters == "" {
		return "", "", false
	}
	value = letters[1:]
	return "-" + letters[:1], strings.TrimPrefix(value, "="), value != ""
}
