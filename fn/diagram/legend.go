package diagram

import "slices"

// meanings of the roles that have a colour of their own.
var meanings = []struct {
	role Role
	text string
}{
	{Node, "the node's Docker"},
	{API, "the pod's own Docker"},
	{Mirror, "a volume at one path in both, so that nested containers find it"},
}

// legend says at a height what the colours mean that the panels have, and returns where it ends.
func (d *drawing) legend(y int, panels []*panel) int {
	x := margin
	for _, m := range meanings {
		if !slices.ContainsFunc(panels, func(p *panel) bool { return p.has(m.role) }) {
			continue
		}
		d.line(string(m.role), false, point{x, y + 24}, point{x + 22, y + 24})
		d.text(caption, x+28, y+28, caption.width(m.text), m.text)
		x += 28 + caption.width(m.text) + 14
	}
	return y + 40
}

func (p *panel) has(role Role) bool {
	return slices.ContainsFunc(p.places.rows, func(r row) bool { return r.mount().Role == role })
}
