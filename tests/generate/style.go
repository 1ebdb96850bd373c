package generate

// style is the style of one document. All numbers are percentages, unless stated otherwise.
type style struct {
	step        int  // spaces of one level
	indentLists bool // dashes are indented deeper than the key
	flow        int  // collections in flow style
	quotes      int  // quoted strings that need no quotes
	comments    int  // lines with a comment before or after them
	blanks      int  // lines with a blank line before them
	odd         int  // unusual notations of usual values
}

func styled(c *Choices) style {
	s := style{step: pick(c, 2, 2, 4), indentLists: c.Chance(40)}
	s.flow = pick(c, 0, 0, 10, 40, 100)
	s.quotes = pick(c, 0, 0, 30, 100)
	s.comments = pick(c, 0, 0, 5, 30)
	s.blanks = pick(c, 0, 0, 5, 20)
	s.odd = pick(c, 0, 0, 0, 10)
	return s
}
