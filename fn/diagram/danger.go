package diagram

// dangerWidth is the width of the label with its margins.
const dangerWidth = 88

// danger marks a container from which a break-out gives root on the node, in the same way as the node's own daemon.
func (p *panel) danger(of rect) {
	r := rect{of.right() - dangerWidth - pad/2, of.y - 12, dangerWidth, 18}
	p.box("chip node", r)
	f := caption
	f.class += " node"
	p.text(f, r.x+16, r.y+13, r.w-20, privileged)
}
