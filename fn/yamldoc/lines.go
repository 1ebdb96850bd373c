package yamldoc

import "strings"

// lines holds the lines of a text without their "\n"; a "\r" is included.
type lines struct {
	text   string
	starts []int // of every line, and of the one after the last
}

func splitLines(text string) lines {
	starts := make([]int, 1, strings.Count(text, "\n")+2)
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
		starts = append(starts, at)
	}
	return lines{text, append(starts, len(text)+1)}
}

func (l lines) count() int { return len(l.starts) - 1 }

func (l lines) line(i int) string { return l.text[l.starts[i] : l.starts[i+1]-1] }

// between returns the text of the lines [from, to).
func (l lines) between(from, to int) string {
	if from >= to {
		return ""
	}
	return l.text[l.starts[from] : l.starts[to]-1]
}
