package diagram

import "strings"

// onNode draws the node's own daemon, which the client reaches before the conversion and not afterwards.
func (p *panel) onNode() {
	bottom := p.node.bottom() - pad
	if len(p.Sidecars) > 0 {
		r := rect{p.pod.x, bottom - daemonHeight, p.columns.volumes.right() - p.pod.x, daemonHeight}
		p.box("ghost", r)
		p.text(caption, r.x+pad, r.y+20, r.w-2*pad, "dockerd of the node")
		p.text(caption, r.x+pad, r.y+20+lineStep, r.w-2*pad, "its socket is no longer in the pod")
		return
	}
	p.daemon = rect{p.pod.x, bottom - spawnedHeight - daemonHeight, p.pod.w, daemonHeight}
	p.box("box node", p.daemon)
	p.text(name, p.daemon.x+pad, p.daemon.y+20, p.daemon.w-2*pad, "dockerd")
	p.text(caption, p.daemon.x+pad, p.daemon.y+20+lineStep, p.daemon.w-2*pad, user(p.Socket))
	p.spawned()
	p.socket()
}

// user describes the user of a daemon on the node, as far as its socket path tells.
func user(socket string) string {
	if strings.HasPrefix(socket, "/run/user/") {
		return "of a user of the node"
	}
	return "of the node, as root"
}

// spawned draws the containers that the application starts beside its pod.
func (p *panel) spawned() {
	r := rect{p.daemon.x, p.daemon.bottom() + 12, p.daemon.w - 90, ghostSize}
	for _, ghost := range p.ghosts(r) {
		p.line(string(Data), point{ghost.middle(), p.daemon.bottom()}, point{ghost.middle(), ghost.y})
	}
	p.text(caption, r.x, r.bottom()+15, p.daemon.w-60, "containers that it runs, beside the pod")
}

const (
	plugPad    = 16 // of the socket's label
	besidePlug = 90 // of the daemon's box, for its name
)

// socket draws a line from the volumes to the node's daemon, in a lane at the pod's right edge.
func (p *panel) socket() {
	w := min(mono.width(p.Socket)+plugPad, p.daemon.w-besidePlug)
	x := p.pod.right() - 19
	plug := rect{p.daemon.right() - pad/2 - w, p.daemon.y - 11, w, 22}
	for i, from := range p.lane {
		if i == 0 {
			p.arrow(string(Node), from, point{x, from.y}, point{x, plug.y})
		} else {
			p.line(string(Node), from, point{x, from.y})
		}
	}
	p.box("chip node", plug)
	p.text(mono, plug.x+8, plug.y+15, plug.w-plugPad, p.Socket)
}
