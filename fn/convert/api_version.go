package convert

import (
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/report"
)

// dockerAPI is what versions of Docker serve, the newest first (docs.docker.com/reference/api/engine, API version matrix). One
// that is not listed serves what the next older one does.
var dockerAPI = []struct{ docker, lowest, highest string }{
	{"29.3", "1.40", "1.54"},
	{"29.2", "1.44", "1.53"},
	{"29.0", "1.44", "1.52"},
	{"28.3", "1.24", "1.51"},
	{"28.2", "1.24", "1.50"},
	{"28.1", "1.24", "1.49"},
	{"28.0", "1.24", "1.48"},
	{"27.2", "1.24", "1.47"},
	{"27.0", "1.24", "1.46"},
	{"26.0", "1.24", "1.45"},
	{"25.0", "1.24", "1.44"},
	{"24.0", "1.12", "1.43"},
	{"23.0", "1.12", "1.42"},
	{"20.10", "1.12", "1.41"},
}

// apiVersion says where a client asks for a version of the API that its daemon does not serve: with DOCKER_API_VERSION set,
// clients do not negotiate.
func apiVersion(c *Conversion, client *Client) {
	lowest, highest := servedAPI(c.Daemon.Image)
	if highest == "" {
		return
	}
	for _, container := range client.containers() {
		for _, v := range c.variables(container.Container) {
			switch {
			case v.name != "DOCKER_API_VERSION" || !isVersion(v.value):
			case before(highest, v.value):
				v.field.Warn(report.Because(report.APIVersion, "DOCKER_API_VERSION is %s, and %s serves %s at most: remove it (spec.client.unsetEnv), or set a newer spec.daemon.image",
					v.value, c.Daemon.Image, highest))
			case before(v.value, lowest):
				v.field.Warn(report.Because(report.APIVersion, "DOCKER_API_VERSION is %s, and %s serves %s at least: remove it (spec.client.unsetEnv)",
					v.value, c.Daemon.Image, lowest))
			}
		}
	}
}

// servedAPI is the range of the API that the Docker of an image serves, by its tag; "" where that does not tell.
func servedAPI(image string) (lowest, highest string) {
	_, tag, _ := strings.Cut(image[strings.LastIndexByte(image, '/')+1:], ":")
	tag, _, _ = strings.Cut(tag, "@")
	version, _, _ := strings.Cut(tag, "-")
	if !isVersion(version) {
		return "", ""
	}
	if !strings.Contains(version, ".") {
		version += ".999" // the newest of its major version
	}
	for _, row := range dockerAPI {
		if !before(version, row.docker) {
			return row.lowest, row.highest
		}
	}
	return "", ""
}

func isVersion(text string) bool {
	for _, part := range strings.Split(text, ".") {
		if _, err := strconv.Atoi(part); err != nil {
			return false
		}
	}
	return true
}

// before compares two versions number by number.
func before(a, b string) bool {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		x, _ := strconv.Atoi(as[i])
		y, _ := strconv.Atoi(bs[i])
		if x != y {
			return x < y
		}
	}
	return len(as) < len(bs)
}
