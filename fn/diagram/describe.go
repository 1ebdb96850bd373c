package diagram

import (
	"fmt"
	"strings"
)

// describe describes the picture in sentences.
func (p Picture) describe(sides Sides) string {
	var all []string
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if sides.Before {
		say("Before:")
		for _, c := range p.Before.Containers {
			for _, m := range c.Mounts {
				if m.Role == Node {
					say("container %s reaches the node's Docker through %s, mounted at %s.", c.Name, p.Before.Socket, m.Path)
				}
			}
		}
		say("%s", p.Before.end())
	}
	if sides.After {
		say("After:")
		for _, c := range p.After.Sidecars[:1] {
			say("container %s (%s) is the pod's own Docker daemon.", c.Name, c.Note)
		}
		for _, c := range p.After.Containers {
			say("%s", c.shares())
		}
		say("%s", p.After.end())
	}
	return strings.Join(strings.Fields(strings.Join(all, " ")), " ")
}

// shares describes what a container shares with the daemon.
func (c Container) shares() string {
	var ways, mirrored []string
	for _, m := range c.Mounts {
		switch m.Role {
		case API:
			ways = append(ways, m.Path)
		case Mirror:
			mirrored = append(mirrored, m.Path)
		}
	}
	text := ""
	if len(ways) > 0 {
		text = fmt.Sprintf("Container %s reaches it by %s.", c.Name, strings.Join(ways, " and "))
	}
	if len(mirrored) > 0 {
		text += fmt.Sprintf(" The daemon has its volumes at the same paths: %s.", strings.Join(mirrored, ", "))
	}
	return text
}

func (s *Scene) end() string {
	text := ""
	if len(s.Facts) > 0 {
		text = "The pod: " + strings.Join(s.Facts, "; ") + "."
	}
	if s.Cleanup != nil {
		text += fmt.Sprintf(" %s runs: %s.", s.Cleanup.Name, s.Cleanup.Does)
	}
	return text
}
