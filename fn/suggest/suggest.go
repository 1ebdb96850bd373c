// Package suggest finds the word that a misspelled one may stand for.
package suggest

import (
	"fmt"
	"slices"
	"strings"
)

// From returns a suggestion to append to an error message: the nearest known word, or the list of known words if none
// is near.
func From(word string, known []string) string {
	if s := Nearest(word, known); s != "" {
		return s
	}
	return "; known are " + strings.Join(slices.Sorted(slices.Values(known)), ", ")
}

// Nearest returns a suggestion with the nearest known word, or "" if none is near.
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

// distance returns the Levenshtein distance.
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
