package diagram

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Mermaid writes a picture as a Mermaid flowchart, which GitHub and GitLab render in Markdown.
func Mermaid(w io.Writer, p Picture, sides Sides) error {
	m := &mermaid{classes: map[Role][]string{}}
	m.line("flowchart LR")
	if sides.Before {
		m.side("b", "Before: the node's Docker", p.Workload, p.Before)
	}
	if sides.After {
		m.side("a", "After: a Docker daemon in the pod", p.Workload, p.After)
	}
	m.styles()
	_, err := io.WriteString(w, m.out.String())
	return err
}

// mermaid collects the lines of a chart.
type mermaid struct {
	out     strings.Builder
	classes map[Role][]string // ids of colored elements
}

func (m *mermaid) line(format string, args ...any) { fmt.Fprintf(&m.out, format+"\n", args...) }

func (m *mermaid) class(role Role, id string) { m.classes[role] = append(m.classes[role], id) }

// side draws a pod on its node. Ids are the side's letter and a number.
func (m *mermaid) side(letter, heading, workload string, s *Scene) {
	m.line("  subgraph %s[%s]", letter, label(heading))
	m.line("    direction LR")
	m.line("    subgraph %spod[%s]", letter, label(strings.Join(append([]string{podTitle(workload)}, s.Facts...), "; ")))
	containers := slices.Concat(s.Containers, s.Sidecars)
	for i, c := range containers {
		id := fmt.Sprintf("%sc%d", letter, i)
		m.line("      %s[%s]", id, label(c.Name, c.Image, c.Note))
		if c.Privileged {
			m.class(Node, id)
		}
	}
	volumes := m.volumes(letter, containers)
	m.line("    end")
	if len(s.Sidecars) == 0 {
		m.line("    %sd[%s]", letter, label("dockerd", user(s.Socket)))
		m.class(Node, letter+"d")
	}
	m.line("  end")
	m.edges(letter, s, containers, volumes)
	m.cleanup(letter, s)
}

// volumes draws each volume once, and returns their ids.
func (m *mermaid) volumes(letter string, containers []Container) map[string]string {
	ids := map[string]string{}
	for _, c := range containers {
		for _, mount := range c.Mounts {
			if mount.Volume == "" || ids[mount.Volume] != "" {
				continue
			}
			id := fmt.Sprintf("%sv%d", letter, len(ids))
			ids[mount.Volume] = id
			m.line("      %s[(%s)]", id, label(mount.Volume, mount.Source))
			if mount.Role != Data {
				m.class(mount.Role, id)
			}
		}
	}
	return ids
}

// edges connects containers to the volumes that they mount, and to the daemon that they reach by an address.
func (m *mermaid) edges(letter string, s *Scene, containers []Container, volumes map[string]string) {
	var leads []string // volumes that give access to the node's daemon
	for i, c := range containers {
		for _, mount := range c.Mounts {
			from := fmt.Sprintf("%sc%d", letter, i)
			switch {
			case mount.Volume != "":
				m.line("  %s ---|%s| %s", from, label(mount.Path), volumes[mount.Volume])
				if id := volumes[mount.Volume]; mount.Role == Node && !slices.Contains(leads, id) {
					leads = append(leads, id)
				}
			case i < len(s.Containers) && len(s.Sidecars) > 0:
				m.line("  %s -->|%s| %sc%d", from, label(mount.Path), letter, len(s.Containers))
			}
		}
	}
	for _, id := range leads {
		m.line("  %s -->|%s| %sd", id, label(s.Socket), letter)
	}
}

func (m *mermaid) cleanup(letter string, s *Scene) {
	if s.Cleanup == nil {
		return
	}
	m.line("  %sj[%s]", letter, label(s.Cleanup.Name, "schedule "+s.Cleanup.Schedule, s.Cleanup.Does))
	if len(s.Sidecars) == 0 {
		m.line("  %sj -->|mounts the socket| %sd", letter, letter)
		return
	}
	m.line("  %sj -->|kubectl exec| %sc%d", letter, letter, len(s.Containers))
}

// colors are those of the SVG on a light page; dark text is readable on all of them. The classes have their own
// names, since Mermaid gives the class node to every node.
var colors = []struct {
	role                Role
	class, fill, stroke string
}{{Node, "danger", "#ffebe9", "#cf222e"}, {API, "own", "#dafbe1", "#1a7f37"}, {Mirror, "shared", "#ddf4ff", "#0969da"}}

func (m *mermaid) styles() {
	for _, c := range colors {
		if ids := m.classes[c.role]; len(ids) > 0 {
			m.line("  classDef %s fill:%s,stroke:%s,color:#1f2328", c.class, c.fill, c.stroke)
			m.line("  class %s %s", strings.Join(ids, ","), c.class)
		}
	}
}

// label returns a text in quotes without markup: Mermaid reads HTML and Markdown in labels, and ends them at a quote.
func label(lines ...string) string {
	var shown []string
	for _, line := range lines {
		if line == "" {
			continue
		}
		var out strings.Builder
		short := first([]rune(line), longest)
		if short != line {
			short += ellipsis
		}
		for _, r := range short {
			if strings.ContainsRune("\"#&;<>`*_\\[]{}|%", r) || r < ' ' {
				fmt.Fprintf(&out, "#%d;", r)
			} else {
				out.WriteRune(r)
			}
		}
		shown = append(shown, out.String())
	}
	return `"` + strings.Join(shown, "<br>") + `"`
}
