// Package diagram draws a workload before and after its conversion: which container reaches which Docker daemon, by
// which path, and what they share. Everything in the picture is read from the manifests.
package diagram

import (
	_ "embed"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
)

//go:embed style.css
var style string

// Sides selects which sides are drawn.
type Sides struct{ Before, After bool }

// Draw writes a picture as SVG. The output is the same on every run, fits light and dark pages, and has a description
// for screen readers.
func Draw(w io.Writer, p Picture, sides Sides) error {
	d := &drawing{}
	panels := p.panels(d, sides)
	jobs := align(panels)
	for _, side := range panels {
		side.draw()
		side.job(jobs)
	}
	last := panels[len(panels)-1]
	width, height := last.x+last.width+margin, last.node.bottom()+jobs
	height = d.legend(width, height, panels) + margin
	page := &drawing{}
	page.box("page", rect{0, 0, width, height})
	root := newElement("svg", "", "xmlns", "http://www.w3.org/2000/svg",
		"viewBox", fmt.Sprintf("0 0 %d %d", width, height), "width", strconv.Itoa(width), "height", strconv.Itoa(height),
		"role", "img", "aria-labelledby", "title description")
	stylesheet := newElement("style", "")
	stylesheet.Verbatim = style
	root.Children = append([]element{
		newElement("title", p.Workload+sides.words(), "id", "title"),
		newElement("desc", p.describe(sides), "id", "description"),
		stylesheet,
	}, append(page.elements, d.elements...)...)
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(root); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (p Picture) panels(d *drawing, sides Sides) []*panel {
	var all []*panel
	x := margin
	if sides.Before {
		all = append(all, newPanel(d, p.Before, p.Workload, x))
		d.text(heading, x, margin+18, all[0].width, "Before: the node's Docker")
		x += all[0].width + between
	}
	if sides.After {
		all = append(all, newPanel(d, p.After, p.Workload, x))
		d.text(heading, x, margin+18, all[len(all)-1].width, "After: a Docker daemon in the pod")
	}
	return all
}

// align aligns the lower edges of the nodes, and returns the height needed below them.
func align(panels []*panel) int {
	bottom, jobs := 0, 0
	for _, p := range panels {
		bottom = max(bottom, p.node.bottom())
		if p.Cleanup != nil {
			jobs = jobGap + jobHeight
		}
	}
	for _, p := range panels {
		p.node.h = bottom - p.node.y
	}
	return jobs
}

func (s Sides) words() string {
	switch {
	case !s.After:
		return ", before dindify"
	case !s.Before:
		return ", after dindify"
	}
	return ", before and after dindify"
}
