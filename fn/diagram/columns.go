package diagram

// columns are the positions of the containers, the volumes and the daemon of a pod, from left to right.
type columns struct{ left, volumes, right rect }

const (
	gap       = 14 // between columns
	laneWidth = 38 // at the right of the volumes, for lines that leave the pod
)

// columns returns the columns of a side that begins at x, and its width. The side without a daemon has two columns
// and a lane. Each column fits the longest socket path in it, which is the most important label.
func (s *Scene) columns(x int) (columns, int) {
	left, volumes, right := 152, 122, 0
	if len(s.Sidecars) > 0 {
		left, volumes, right = 168, 140, 160
	}
	for _, c := range s.Containers {
		left = max(left, widest(c, mono, pathOf)+2*pad)
		volumes = max(volumes, widest(c, origin, sourceOf)+2*chipPad)
	}
	for _, c := range s.Sidecars {
		right = max(right, widest(c, mono, pathOf)+2*pad)
	}
	c := columns{left: rect{x: x + 2*pad, w: left}}
	c.volumes = rect{x: c.left.right() + gap, w: volumes}
	if right == 0 {
		need := socketWidth(mono, s.Socket) + plugPad + besidePlug + 2*pad
		return c, max(c.volumes.right()+laneWidth-x, need)
	}
	c.right = rect{x: c.volumes.right() + gap, w: right}
	return c, c.right.right() + 2*pad - x
}

func pathOf(m Mount) string { return m.Path }

// sourceOf describes a volume that leads to the node's daemon.
func sourceOf(m Mount) string {
	if m.Role == Node {
		return m.Source
	}
	return ""
}

// widest returns the width of the longest label for a socket, or for an address of a daemon.
func widest(c Container, f font, label func(Mount) string) (width int) {
	for _, m := range c.Mounts {
		if m.Role == Node || m.Role == API {
			width = max(width, socketWidth(f, label(m)))
		}
	}
	return width
}

// longest is the maximum length of a socket path: unix(7), sun_path.
const longest = 108

// socketWidth returns the width of a label with a socket path. A longer text is not a socket path, and may be
// shortened.
func socketWidth(f font, text string) int { return min(f.width(text), longest*f.tenth/10) }
