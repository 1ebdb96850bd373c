package diagram

import "slices"

// meanings lists what a picture may show, in the order of the legend.
var meanings = []struct {
	sample func(d *drawing, at point)
	shown  func(*panel) bool
	text   string
}{
	{lineOf(Node), role(Node), "the node's Docker"},
	{lineOf(API), role(API), "the pod's own Docker"},
	{lineOf(Mirror), role(Mirror), "a volume at the same path in both, so that nested containers find it"},
	{lineOf(Data), role(Data), "another volume"},
	{boxOf("chip api again"), (*panel).repeats, "a volume that is drawn above"},
	{boxOf("ghost"), func(*panel) bool { return true }, "not in the manifests"},
	{boxOf("chip node"), (*panel).isPrivileged, "privileged: a break-out gives root on the node"},
}

const sampleWidth = 22

// legend draws a legend of the picture's elements at a height, in as many lines as needed, and returns its lower
// edge.
func (d *drawing) legend(width, y int, panels []*panel) int {
	x := margin
	y += 24
	for _, m := range meanings {
		if !slices.ContainsFunc(panels, m.shown) {
			continue
		}
		w := sampleWidth + 6 + caption.width(m.text)
		if x > margin && x+w > width-margin {
			x, y = margin, y+20
		}
		m.sample(d, point{x, y})
		d.text(caption, x+sampleWidth+6, y+4, caption.width(m.text), m.text)
		x += w + gap
	}
	return y + 8
}

func lineOf(r Role) func(*drawing, point) {
	return func(d *drawing, at point) { d.line(string(r), at, point{at.x + sampleWidth, at.y}) }
}

func boxOf(class string) func(*drawing, point) {
	return func(d *drawing, at point) { d.box(class, rect{at.x, at.y - 6, sampleWidth, 12}) }
}

func role(r Role) func(*panel) bool {
	return func(p *panel) bool {
		return slices.ContainsFunc(p.places.rows, func(row row) bool { return row.mount().Role == r })
	}
}

// repeats reports whether a volume is drawn more than once.
func (p *panel) repeats() bool {
	seen := map[string]bool{}
	for _, r := range p.places.rows {
		volume := r.mount().Volume
		if volume != "" && seen[volume] {
			return true
		}
		seen[volume] = true
	}
	return false
}

func (p *panel) isPrivileged() bool {
	return slices.ContainsFunc(slices.Concat(p.Containers, p.Sidecars), func(c Container) bool { return c.Privileged })
}
