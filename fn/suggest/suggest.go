// Package suggest finds what somebody who misspelled a word may have meant.
package suggest

import (
	"fmt"
	"slices"
	"strings"
)

// From suggests the nearest of the words that are known, else says which are known: text to put behind a message.
func From(word string, known []string) string {
	if s := Nearest(word, known); s != "" {
		return s
	}
	return "; known are " + strings.Join(slices.Sorted(slices.Values(known)), ", ")
}

// Nearest suggests the nearest of the words that are known; "" where none is near.
func Nearest(word string, known []string) string {
	best, at := "", 3
	for _, k := range slices.Sorted(slices.Values(known)) {
		if n := distance(strings.ToLower(word), strings.ToLower(k)); n < at && n < len(k) {
			best, at = k, n
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// distance is Levenshtein's.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j]+1, row[j+1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
