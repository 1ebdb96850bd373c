// Package chart draws lines on logarithmic axes as SVG: proportional growth is a straight line at 45 degrees.
package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Point is one measurement; both are above zero.
type Point struct{ X, Y float64 }

// Line is the line of a program.
type Line struct {
	Name, Colour string
	Points       []Point
}

// Add appends a point.
func (l *Line) Add(x, y float64) { l.Points = append(l.Points, Point{x, y}) }

// Panel is a diagram on the same x axis as the others.
type Panel struct {
	Title, Unit string
	Lines       []Line
}

// Sizes in pixels.
const (
	decade      = 62 // of either axis
	left, right = 66, 34
	top, bottom = 40, 48
	legend      = 26 // per line
)

// Draw draws panels side by side, and one legend below them.
func Draw(xLabel string, panels ...Panel) string {
	var body strings.Builder
	width, height := 0, 0
	for _, p := range panels {
		f := frameOf(p)
		fmt.Fprintf(&body, "<g transform=\"translate(%d 0)\">\n%s</g>\n", width, f.draw(p, xLabel))
		width, height = width+f.width(), max(height, f.height())
	}
	for i, l := range panels[0].Lines {
		x, y := left+(i%2)*(width-left)/2, height+12+i/2*legend
		fmt.Fprintf(&body, `<path d="M%d %dh26" stroke="%s" stroke-width="2.5"/>`, x, y, l.Colour)
		fmt.Fprintf(&body, `<circle cx="%d" cy="%d" r="3.5" fill="%s"/>`, x+13, y, l.Colour)
		fmt.Fprintf(&body, "<text x=\"%d\" y=\"%d\">%s</text>\n", x+34, y+4, l.Name)
	}
	height += (len(panels[0].Lines)+1)/2*legend + 4
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d"
  font-family="system-ui, sans-serif" font-size="12" fill="#1f2328">
<rect width="100%%" height="100%%" fill="#ffffff"/>
`, width, height) + body.String() + "</svg>\n"
}

// frame has the axes of a panel, in decades: 10^x0 to 10^x1.
type frame struct{ x0, x1, y0, y1 int }

func frameOf(p Panel) frame {
	f := frame{math.MaxInt, math.MinInt, math.MaxInt, math.MinInt}
	for _, l := range p.Lines {
		for _, at := range l.Points {
			f.x0, f.x1 = min(f.x0, floor(at.X)), max(f.x1, ceil(at.X))
			f.y0, f.y1 = min(f.y0, floor(at.Y)), max(f.y1, ceil(at.Y))
		}
	}
	return f
}

func floor(v float64) int { return int(math.Floor(math.Log10(v))) }
func ceil(v float64) int  { return int(math.Ceil(math.Log10(v))) }

func (f frame) width() int  { return left + (f.x1-f.x0)*decade + right }
func (f frame) height() int { return top + (f.y1-f.y0)*decade + bottom }

func (f frame) x(v float64) float64 { return left + (math.Log10(v)-float64(f.x0))*decade }
func (f frame) y(v float64) float64 { return top + (float64(f.y1)-math.Log10(v))*decade }

func (f frame) draw(p Panel, xLabel string) string {
	var out strings.Builder
	right, low := f.x(math.Pow10(f.x1)), f.y(math.Pow10(f.y0))
	for e := f.x0; e <= f.x1; e++ {
		x := f.x(math.Pow10(e))
		fmt.Fprintf(&out, `<path d="M%.1f %dV%.1f" stroke="#d0d7de"/>`, x, top, low)
		fmt.Fprintf(&out, `<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", x, low+18, power(e))
	}
	for e := f.y0; e <= f.y1; e++ {
		y := f.y(math.Pow10(e))
		fmt.Fprintf(&out, `<path d="M%d %.1fH%.1f" stroke="#d0d7de"/>`, left, y, right)
		fmt.Fprintf(&out, `<text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n", left-8, y+4, power(e))
	}
	fmt.Fprintf(&out, `<text x="%d" y="22" font-weight="600">%s, %s</text>`+"\n", left, p.Title, p.Unit)
	fmt.Fprintf(&out, `<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", (left+right)/2, low+36, xLabel)
	for _, l := range p.Lines {
		out.WriteString(f.line(l))
	}
	return out.String()
}

func (f frame) line(l Line) string {
	var path, dots strings.Builder
	for i, at := range l.Points {
		command := "L"
		if i == 0 {
			command = "M"
		}
		fmt.Fprintf(&path, "%s%.1f %.1f", command, f.x(at.X), f.y(at.Y))
		fmt.Fprintf(&dots, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`, f.x(at.X), f.y(at.Y), l.Colour)
	}
	return fmt.Sprintf(`<path d="%s" fill="none" stroke="%s" stroke-width="2.5"/>`, path.String(), l.Colour) +
		dots.String() + "\n"
}

// power formats 10^e.
func power(e int) string {
	if e < 0 {
		return strconv.FormatFloat(math.Pow10(e), 'f', -e, 64)
	}
	text := strconv.Itoa(int(math.Pow10(e)))
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
