package diagram

import "strings"

// font is a class of style.css with the maximum width of a character. SVG viewers cannot be queried, so this is the
// widest of the families that the style names.
type font struct {
	class string
	tenth int       // of a pixel, per cell
	keep  placement // which part of a text stays if it does not fit
}

type placement int

const (
	start placement = iota
	end
	bothEnds
)

var (
	heading = font{"heading", 92, start}
	title   = font{"title", 74, start}
	caption = font{"caption", 58, start}
	atEnd   = font{"caption end", 58, start}
	name    = font{"name", 73, bothEnds}
	image   = font{"image", 67, end}
	mono    = font{"mono", 67, bothEnds}
	origin  = font{"caption", 58, bothEnds}
	command = font{"mono", 67, start}
)

const ellipsis = "…"

// fit shortens a text to a width in pixels.
func (f font) fit(text string, width int) string {
	text = strings.Join(strings.Fields(text), " ")
	cells := width * 10 / f.tenth
	if f.width(text) <= width {
		return text
	}
	runes := []rune(text)
	switch f.keep {
	case end:
		return ellipsis + last(runes, cells-1)
	case bothEnds:
		return first(runes, (cells-1)/2) + ellipsis + last(runes, cells-1-(cells-1)/2)
	}
	return strings.TrimRight(first(runes, cells-1), " ") + ellipsis
}

// width returns the width of a text in pixels.
func (f font) width(text string) int {
	n := 0
	for _, r := range text {
		n += cellsOf(r)
	}
	return (n*f.tenth + 9) / 10
}

func first(runes []rune, cells int) string {
	n := 0
	for n < len(runes) && cellsOf(runes[n]) <= cells {
		cells -= cellsOf(runes[n])
		n++
	}
	return string(runes[:n])
}

func last(runes []rune, cells int) string {
	n := len(runes)
	for n > 0 && cellsOf(runes[n-1]) <= cells {
		cells -= cellsOf(runes[n-1])
		n--
	}
	return string(runes[n:])
}

// cellsOf returns two cells for characters that may be as wide as high: all except Latin, Greek, Cyrillic and
// punctuation.
func cellsOf(r rune) int {
	if r < 0x530 || r >= 0x2000 && r < 0x2200 {
		return 1
	}
	return 2
}
