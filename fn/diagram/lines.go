package diagram

// lines draws each volume, with lines to the containers that mount it.
func (p *panel) lines() {
	seen := map[string]bool{}
	for _, r := range p.places.rows {
		m := r.mount()
		y := p.top + r.y
		if r.left != nil {
			p.text(mono, p.columns.left.x+pad, y+4, p.columns.left.w-2*pad, r.left.Path)
		}
		if r.right != nil {
			p.text(mono, p.columns.right.x+pad, y+4, p.columns.right.w-2*pad, r.right.Path)
		}
		if m.Volume == "" {
			p.address(r, y)
			continue
		}
		p.join(r, y)
		p.chip(m, y, seen[m.Volume])
		seen[m.Volume] = true
	}
}

// address connects a client to the daemon over the pod's loopback.
func (p *panel) address(r row, y int) {
	if r.left == nil || r.right == nil {
		return
	}
	from, to := point{p.columns.left.right(), y}, point{p.columns.right.x, y}
	p.arrow(string(API), from, to)
	p.dot(string(API), from)
	p.text(caption, p.columns.volumes.x, y-6, p.columns.volumes.w, "on the pod's loopback")
}

func (p *panel) join(r row, y int) {
	role := string(r.mount().Role)
	if r.left != nil {
		from := point{p.columns.left.right(), y}
		p.line(role, from, point{p.columns.volumes.x, y})
		p.dot(role, from)
	}
	if r.right != nil {
		to := point{p.columns.right.x, y}
		p.line(role, point{p.columns.volumes.right(), y}, to)
		p.dot(role, to)
	}
}

// chip draws a volume; a repeated one is dashed.
func (p *panel) chip(m Mount, y int, again bool) {
	class := "chip " + string(m.Role)
	if again {
		class += " again"
	}
	r := rect{p.columns.volumes.x, y - chipSize/2, p.columns.volumes.w, chipSize}
	p.box(class, r)
	p.text(mono, r.x+chipPad, r.y+14, r.w-2*chipPad, m.Volume)
	p.text(origin, r.x+chipPad, r.y+27, r.w-2*chipPad, m.Source)
	if m.Role == Node {
		p.lane = append(p.lane, point{r.right(), y})
	}
}
