package diagram

// legend draws what the colours mean, at a height, and returns where it ends.
func (d *drawing) legend(y int, sides Sides) int {
	var entries []struct {
		role Role
		text string
	}
	entry := func(role Role, text string) {
		entries = append(entries, struct {
			role Role
			text string
		}{role, text})
	}
	if sides.Before {
		entry(Node, "the node's Docker: root on the node")
	}
	if sides.After {
		entry(API, "the pod's own Docker")
		entry(Mirror, "a volume at one path in both: nested containers find it")
	}
	x := margin
	for _, e := range entries {
		d.line(string(e.role), false, point{x, y + 24}, point{x + 22, y + 24})
		d.text(caption, x+28, y+28, 400, e.text)
		x += 28 + caption.width(e.text) + 14
	}
	return y + 40
}
