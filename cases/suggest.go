package cases

import (
	"slices"
	"strings"
)

// nearest is the word of the vocabulary that was probably meant, or empty when
// none is near enough.
func nearest(word string, vocabulary []string) string {
	found := nearestOf(word, vocabulary, 1)
	if len(found) == 0 {
		return ""
	}
	return found[0]
}

// nearestOf lists up to n words that were probably meant, the nearest first.
// A third of the letters may be wrong, and upper case does not count.
func nearestOf(word string, vocabulary []string, n int) []string {
	type candidate struct {
		word     string
		distance int
	}
	var found []candidate
	word = strings.ToLower(word)
	limit := max(1, (len(word)+1)/3)
	for _, w := range vocabulary {
		if d := distance(word, strings.ToLower(w), limit); d <= limit && d < max(len(word), len(w)) {
			found = append(found, candidate{w, d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.distance - b.distance })
	words := make([]string, 0, n)
	for _, c := range found {
		if len(words) < n && !slices.Contains(words, c.word) {
			words = append(words, c.word)
		}
	}
	return words
}

// distance is the number of letters to insert, drop, change or swap with their
// neighbour that makes b of a; above the limit it is only known to be greater.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	// Three rows of the usual table: the one before last is needed for swaps.
	rows := make([]int, 3*(len(b)+1))
	before, last, row := rows[:len(b)+1], rows[len(b)+1:2*(len(b)+1)], rows[2*(len(b)+1):]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			best = min(best, row[j])
		}
		if best > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
