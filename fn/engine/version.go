// Package engine knows the versions of the Docker Engine: what each breaks that matters to a daemon in a pod, and which
// one is the default and why.
package engine

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/image"
)

// Version of the Docker Engine.
type Version struct{ Major, Minor, Patch int }

func (v Version) String() string { return fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch) }

func (v Version) before(w Version) bool {
	if v.Major != w.Major {
		return v.Major < w.Major
	}
	if v.Minor != w.Minor {
		return v.Minor < w.Minor
	}
	return v.Patch < w.Patch
}

// span is the versions that a tag may stand for: 29-dind is any 29, and tomorrow another one than today.
type span struct{ from, to Version }

// tagged reads the version from the tag of an image of Docker's: docker:28.5.2-dind,
// mirror.example.org/docker:29-dind-rootless. It is not ok for other images, and for a tag that names no version.
func tagged(ref string) (span, bool) {
	if image.Base(ref) != "docker" {
		return span{}, false
	}
	return tag(ref)
}

// tag reads the version from the tag of any image.
func tag(ref string) (span, bool) {
	number, _, _ := strings.Cut(image.Tag(ref), "-")
	return versions(number)
}

// versions reads up to three numbers: 29 stands for 29.0.0 and all that follow up to 30.
func versions(number string) (span, bool) {
	from, to := [3]int{}, [3]int{math.MaxInt, math.MaxInt, math.MaxInt}
	parts := strings.Split(number, ".")
	if len(parts) > len(from) {
		return span{}, false
	}
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil {
			return span{}, false
		}
		from[i], to[i] = n, n
	}
	return span{Version{from[0], from[1], from[2]}, Version{to[0], to[1], to[2]}}, true
}
