package convert

import "strings"

// volumeListState tracks whether the reader is inside of a list of volumes.
type volumeListState struct{ inside, bracketed bool }

// read returns the left sides of the volumes in the line, which may have several lists in flow style.
func (s *volumeListState) read(line string) (all []string) {
	rest := strings.TrimRight(line, "\r\n")
	for {
		if key := volumeList().FindStringIndex(rest); key != nil && !s.bracketed {
			rest = strings.TrimSpace(rest[key[1]:])
			s.inside, s.bracketed = true, strings.HasPrefix(rest, "[")
		} else if trimmed := strings.TrimSpace(rest); !s.bracketed && trimmed != "" && !strings.HasPrefix(trimmed, "-") {
			s.inside = false
		}
		if !s.inside {
			return all
		}
		entries, after, isEnd := strings.Cut(rest, "]")
		if !s.bracketed {
			entries, isEnd = rest, false
		}
		for _, m := range volumeEntry().FindAllStringSubmatch(entries, -1) {
			all = append(all, m[1])
		}
		if !isEnd {
			return all
		}
		s.inside, s.bracketed, rest = false, false, after
	}
}
