package verify

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

// makeImage builds an image from programs of the daemon's own container, with the libraries that they need: nothing is
// pulled. The archive has their folders too: a rootless Docker before 23 creates missing ones with mode 600
// (moby/moby#44196), and a container without capabilities cannot pass them. It prints the programs' paths. $0 is the
// label, $1 the image's name.
const makeImage = `set -e
list=$(command -v busybox) || list=$(for p in sh stat timeout nc bash; do command -v $p || true; done)
[ -n "$list" ] || exit 127
libs=$(for p in $list; do ldd "$p" 2>/dev/null || true; done | grep -o '/[^ )]*' | sort -u)
dirs=$(for f in $list $libs; do while f=${f%/*}; [ -n "$f" ]; do echo "$f"; done; done | sort -u)
tar -ch --no-recursion $dirs $list $libs 2>/dev/null | docker import -c "LABEL $0" - "$1" >/dev/null
echo $list`

// nestedImage is the image of nested containers.
type nestedImage struct {
	name     string
	programs []string // paths; nil for an image that the user names
	keep     bool     // it existed before
	problem  *Finding // why there is none
}

// command returns the command line of a program in the image.
func (i *nestedImage) command(program string, args ...string) ([]string, error) {
	if i.programs == nil {
		return append([]string{program}, args...), nil
	}
	for _, p := range i.programs {
		switch path.Base(p) {
		case "busybox":
			return append([]string{p, program}, args...), nil
		case program:
			return append([]string{p}, args...), nil
		}
	}
	return nil, errors.New("the daemon's image has no " + program)
}

// has reports whether a program is known to be in the image, and not only as a part of busybox.
func (i *nestedImage) has(program string) bool {
	return slices.ContainsFunc(i.programs, func(p string) bool { return path.Base(p) == program })
}

// imageForNested builds the image once, or uses that of --image.
func (s *Subject) imageForNested(ctx context.Context) *nestedImage {
	if s.image != nil {
		return s.image
	}
	s.image = &nestedImage{name: "dindify-verify:" + s.id}
	if s.Image != "" {
		out, err := s.inDaemon(ctx, "docker", "image", "inspect", s.Image)
		s.image.name, s.image.keep = s.Image, err == nil && out.Status == 0
		return s.image
	}
	out, err := s.workInDaemon(ctx, "sh", "-c", makeImage, verifyLabel+"="+s.id, s.image.name)
	var problem Finding
	switch {
	case err != nil:
		problem = blind(err, "make an image in container %s", s.Daemon.Name)
	case out.Status != 0:
		problem = unknown("give one with --image", "no image could be made of what the daemon's container has: %s",
			out.output())
	default:
		s.image.programs = strings.Fields(out.Stdout)
		return s.image
	}
	s.image.problem = &problem
	return s.image
}

// removeAll removes what the checks of a pod have created. It has its own timeout in case the run was interrupted.
func (s *Subject) removeAll(ctx context.Context) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), removeTimeout)
	defer stop()
	if s.image != nil && s.image.problem == nil && !s.image.keep {
		out, err := s.workInDaemon(ctx, "docker", "image", "rm", "--force", s.image.name)
		what := fmt.Sprintf("%d containers and 1 image in the daemon of pod %s", s.containers, s.Pod.Name)
		s.createdObjects(what, err == nil && out.Status == 0)
	}
	for _, job := range s.jobs {
		err := s.Delete(ctx, group("batch/v1", s.namespace(), "jobs", job))
		s.createdObjects("Job "+job, err == nil || notFound(err))
	}
}

func (r *run) createdObjects(what string, removed bool) {
	state := "removed"
	if !removed {
		state = "not removed: run with --cleanup"
	}
	r.made = append(r.made, what+", "+state)
}
