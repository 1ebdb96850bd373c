package binaries

import (
	"fmt"
	"strings"
)

// versionStamp returns the linker's flags that set the version which a program reports. A plain `go build` leaves it
// out.
func versionStamp(path, version string) string {
	number := strings.TrimPrefix(version, "v")
	switch path {
	case "github.com/moby/moby/v2":
		return " -X " + path + "/dockerversion.Version=" + number
	case "k8s.io/kubernetes":
		const symbol = "k8s.io/component-base/version."
		major, rest, _ := strings.Cut(number, ".")
		minor, _, _ := strings.Cut(rest, ".")
		return fmt.Sprintf(" -X %sgitVersion=%s -X %sgitMajor=%s -X %sgitMinor=%s", symbol, version, symbol, major, symbol,
			minor)
	}
	return ""
}
