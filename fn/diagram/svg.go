package diagram

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// element is an SVG element. encoding/xml does the escaping.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Verbatim string     `xml:",innerxml"`
	Children []element  `xml:",any"`
}

func newElement(name, text string, attrs ...string) element {
	e := element{XMLName: xml.Name{Local: name}, Text: text}
	for i := 0; i < len(attrs); i += 2 {
		e.Attrs = append(e.Attrs, xml.Attr{Name: xml.Name{Local: attrs[i]}, Value: attrs[i+1]})
	}
	return e
}

type point struct{ x, y int }

// rect is a rectangle in the picture, in pixels at full size.
type rect struct{ x, y, w, h int }

func (r rect) right() int  { return r.x + r.w }
func (r rect) bottom() int { return r.y + r.h }
func (r rect) middle() int { return r.x + r.w/2 }

// drawing collects elements; later ones are drawn on top.
type drawing struct{ elements []element }

func (d *drawing) add(e element) { d.elements = append(d.elements, e) }

func (d *drawing) box(class string, r rect) {
	d.add(newElement("rect", "", "class", class, "x", strconv.Itoa(r.x), "y", strconv.Itoa(r.y),
		"width", strconv.Itoa(r.w), "height", strconv.Itoa(r.h), "rx", "6"))
}

// text writes as much of a text as fits into a width; the whole text is a tooltip.
func (d *drawing) text(f font, x, y, width int, text string) {
	short := f.fit(text, width)
	e := newElement("text", short, "class", f.class, "x", strconv.Itoa(x), "y", strconv.Itoa(y))
	if short == text {
		d.add(e)
		return
	}
	group := newElement("g", "")
	group.Children = []element{newElement("title", text), e}
	d.add(group)
}

// line draws a line through points.
func (d *drawing) line(class string, through ...point) {
	var path strings.Builder
	for i, p := range through {
		fmt.Fprintf(&path, "%c%d %d", "ML"[min(i, 1)], p.x, p.y)
	}
	d.add(newElement("path", "", "class", "line "+class, "d", path.String()))
}

// arrow draws a line with an arrow's head at its end.
func (d *drawing) arrow(class string, through ...point) {
	d.line(class, through...)
	n := len(through)
	d.head(class, through[n-2], through[n-1])
}

// head draws an arrow's head at the end of a horizontal or vertical line.
func (d *drawing) head(class string, from, to point) {
	dx, dy := sign(to.x-from.x)*8, sign(to.y-from.y)*8
	d.add(newElement("path", "", "class", "head "+class, "d", fmt.Sprintf("M%d %dL%d %dL%d %dZ",
		to.x, to.y, to.x-dx+dy/2, to.y-dy+dx/2, to.x-dx-dy/2, to.y-dy-dx/2)))
}

func (d *drawing) dot(class string, at point) {
	d.add(newElement("circle", "", "class", "head "+class, "cx", strconv.Itoa(at.x), "cy", strconv.Itoa(at.y), "r", "3"))
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}
