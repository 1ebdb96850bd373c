package generate

// style is how one document is written. All numbers are percentages, unless they say otherwise.
type style struct {
	step        int  // blanks of one level
	indentLists bool // dashes stand further in than the key
	flow        int  // collections in braces or brackets
	quotes      int  // strings in quotes that need none
	comments    int  // lines with a comment before or behind them
	blanks      int  // lines with an empty line before them
	odd         int  // unusual ways to write a usual value
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
