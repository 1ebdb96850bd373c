package diagram

// Sizes in pixels at full size. GitHub shows the picture in README pages at 90 %.
const (
	margin    = 12
	pad       = 10
	between   = 14 // the two sides
	lineStep  = 16
	rowStep   = 38
	chipSize  = 32
	chipPad   = 8  // at both ends of a label in a chip
	innerSize = 56 // of the containers that a daemon runs
)

// row is a line across a pod: a container's mount, the volume, and the daemon's mount of it.
type row struct {
	y           int // of its middle
	left, right *Mount
}

func (r row) mount() Mount {
	if r.left != nil {
		return *r.left
	}
	return *r.right
}

// placed is a container with its position; x and width are those of its column.
type placed struct {
	Container
	y, h int
}

// places holds the positions of everything in a pod, relative to the top of its containers.
type places struct {
	rows        []row
	left, right []placed
	height      int
}

// place arranges the application's containers below each other, and the daemon beside them, so that the mounts of a
// shared volume are on one level.
func place(s *Scene) places {
	var p places
	y := 0
	for _, c := range s.Containers {
		top := y
		for y += header(s, c); len(c.Mounts) > 0; c.Mounts = c.Mounts[1:] {
			p.rows = append(p.rows, row{y: y + rowStep/2, left: &c.Mounts[0]})
			y += rowStep
		}
		y += pad / 2
		p.left = append(p.left, placed{Container: c, y: top, h: y - top})
		p.height = y
		y += pad
	}
	bottom := 0
	for i, c := range s.Sidecars {
		if i == 0 {
			bottom = p.beside(c, header(s, c))
		} else {
			bottom = p.below(c, bottom+pad, header(s, c))
		}
		p.height = max(p.height, bottom)
	}
	return p
}

// beside places the daemon, with its mounts on the level of the client's mounts of the same volume.
func (p *places) beside(c Container, header int) int {
	var own []*Mount
	y := header
	for i := range c.Mounts {
		m := &c.Mounts[i]
		if r := p.level(m); r != nil {
			r.right = m
			y = max(y, r.y+rowStep/2)
		} else {
			own = append(own, m)
		}
	}
	if n := len(p.rows); n > 0 && len(own) > 0 {
		y = max(y, p.rows[n-1].y+rowStep/2)
	}
	for _, m := range own {
		p.rows = append(p.rows, row{y: y + rowStep/2, right: m})
		y += rowStep
	}
	y += innerSize
	p.right = append(p.right, placed{Container: c, y: 0, h: y})
	return y
}

// below places a container under the daemon.
func (p *places) below(c Container, top, header int) int {
	y := top + header
	if n := len(p.rows); n > 0 {
		y = max(y, p.rows[n-1].y+rowStep/2)
	}
	for i := range c.Mounts {
		p.rows = append(p.rows, row{y: y + rowStep/2, right: &c.Mounts[i]})
		y += rowStep
	}
	y += pad / 2
	p.right = append(p.right, placed{Container: c, y: top, h: y - top})
	return y
}

// level returns the row of a client's mount of the same volume, at the same path if there is one.
func (p *places) level(m *Mount) *row {
	var found *row
	for i := range p.rows {
		r := &p.rows[i]
		if r.right != nil || r.left == nil || r.left.Volume != m.Volume || r.left.Role != m.Role {
			continue
		}
		if r.left.Path == m.Path {
			return r
		}
		if found == nil && m.Role == API {
			found = r
		}
	}
	return found
}

// header returns the height of a container's name, image and note. Containers side by side have the same number of
// lines.
func header(s *Scene, c Container) int {
	lines := 2
	if c.Note != "" || len(s.Sidecars) > 0 {
		lines = 3
	}
	return 6 + lines*lineStep + 2
}
