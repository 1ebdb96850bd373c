// Package engine knows the versions of the Docker Engine: the breaking changes that matter to a daemon in a pod, and
// which version is the default.
package engine

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/image"
)

// Version is a version of the Docker Engine.
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

// span is the range of versions that a tag may stand for: 29-dind is any 29.
type span struct{ from, to Version }

// tagged returns the version in the tag of one of Docker's images, also under another name: docker:28.5.2-dind,
// mirror.example.org/engine:29-dind-rootless. ok is false for other images, and for a tag without a version.
func tagged(ref string) (span, bool) {
	if _, variant, _ := strings.Cut(image.Tag(ref), "-"); image.Base(ref) != "docker" && !isDind(variant) {
		return span{}, false
	}
	return tag(ref)
}

// isDind reports whether the part of a tag after the version is that of Docker's images with a daemon.
func isDind(variant string) bool { return variant == "dind" || strings.HasPrefix(variant, "dind-") }

// tag returns the version in the tag of any image.
func tag(ref string) (span, bool) {
	number, _, _ := strings.Cut(image.Tag(ref), "-")
	return versions(number)
}

// versions parses up to three numbers: 29 is the range from 29.0.0 to 30, exclusive.
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
