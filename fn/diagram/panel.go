package diagram

import "strings"

// panel is the layout of one side of the picture.
type panel struct {
	*drawing
	*Scene
	workload string
	x, width int
	columns  columns
	places   places
	top      int // of the pod's containers
	pod      rect
	node     rect
	lane     []point // start points of lines to the node's daemon
	daemon   rect    // the daemon that runs the application's containers: the node's or the pod's
}

const (
	headingHeight = 30
	nodeHeader    = 24
	podHeader     = 26
	daemonHeight  = 46
	spawnedHeight = 56 // of the containers beside the pod that the node's daemon runs
	gapToDaemon   = 46
	ghostSize     = 24
)

// newPanel lays out a side.
func newPanel(d *drawing, s *Scene, workload string, x int) *panel {
	p := &panel{drawing: d, Scene: s, workload: workload, x: x, places: place(s)}
	p.columns, p.width = s.columns(x)
	p.pod = rect{x + pad, margin + headingHeight + nodeHeader, p.width - 2*pad, 0}
	p.top = p.pod.y + podHeader + lineStep*len(s.Facts) + 4
	p.pod.h = p.top - p.pod.y + p.places.height + pad
	p.node = rect{x, margin + headingHeight, p.width, 0}
	p.node.h = p.pod.bottom() - p.node.y + p.below() + pad
	return p
}

// below returns the height of what is drawn under the pod on its node.
func (p *panel) below() int {
	if len(p.Sidecars) == 0 {
		return gapToDaemon + daemonHeight + spawnedHeight
	}
	return gapToDaemon/2 + daemonHeight
}

func (p *panel) draw() {
	p.box("outer", p.node)
	p.text(caption, p.node.x+pad, p.node.y+17, p.node.w, "node")
	p.box("pod", p.pod)
	p.text(title, p.pod.x+pad, p.pod.y+20, p.pod.w-2*pad, podTitle(p.workload))
	for i, fact := range p.Facts {
		f := caption
		if fact == onNode {
			f.class += " node"
		}
		p.text(f, p.pod.x+pad, p.pod.y+podHeader+11+i*lineStep, p.pod.w-2*pad-dangerWidth, fact)
	}
	for _, c := range p.places.left {
		p.container("box", c, p.columns.left)
	}
	for i, c := range p.places.right {
		if i == 0 {
			p.container("box api", c, p.columns.right)
			p.inside(c)
		} else {
			p.container("box", c, p.columns.right)
		}
	}
	p.lines()
	p.onNode()
}

func podTitle(workload string) string {
	if strings.HasPrefix(workload, "Pod/") {
		return workload
	}
	return "Pod of " + workload
}

func (p *panel) container(class string, c placed, column rect) {
	r := rect{column.x, p.top + c.y, column.w, c.h}
	p.box(class, r)
	for i, line := range []struct {
		font
		text string
	}{{name, c.Name}, {image, c.Image}, {caption, c.Note}} {
		p.text(line.font, r.x+pad, r.y+2+(i+1)*lineStep, r.w-2*pad, line.text)
	}
	if c.Privileged {
		p.danger(r)
	}
}

// inside draws the containers that the pod's daemon runs.
func (p *panel) inside(c placed) {
	p.daemon = rect{p.columns.right.x, p.top + c.y, p.columns.right.w, c.h}
	y := p.daemon.bottom() - innerSize + 6
	p.ghosts(rect{p.daemon.x + pad, y, p.daemon.w - 2*pad, ghostSize})
	p.text(caption, p.daemon.x+pad, y+ghostSize+15, p.daemon.w-2*pad, "containers that it runs")
}

// ghosts returns three containers that are in no manifest.
func (p *panel) ghosts(r rect) []rect {
	w := (r.w - 2*pad) / 3
	var all []rect
	for i := range 3 {
		all = append(all, rect{r.x + i*(w+pad), r.y, w, r.h})
		p.box("ghost", all[i])
	}
	return all
}
