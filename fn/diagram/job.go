package diagram

const (
	jobGap    = 38
	jobHeight = 62
	jobWidth  = 346
)

// job draws the clean-up below the node, and its connection to the daemon.
func (p *panel) job(height int) {
	if p.Cleanup == nil {
		return
	}
	w := min(jobWidth, p.width)
	r := rect{p.x + p.width - w, p.node.bottom() + height - jobHeight, w, jobHeight}
	p.box("box", r)
	p.text(name, r.x+pad, r.y+19, r.w-2*pad, p.Cleanup.Name)
	p.text(caption, r.x+pad, r.y+36, r.w-2*pad, "schedule "+p.Cleanup.Schedule)
	p.text(command, r.x+pad, r.y+53, r.w-2*pad, p.Cleanup.Does)

	way, role, x := "kubectl exec", string(API), p.daemon.middle()
	if len(p.Sidecars) == 0 {
		way, role, x = "mounts the socket", string(Node), p.daemon.right()-30
	}
	p.arrow(role, point{x, r.y}, point{x, p.daemon.bottom()})
	p.text(atEnd, x-8, r.y-14, p.width, way)
}
