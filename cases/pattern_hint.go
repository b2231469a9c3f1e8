package cases

import (
	"slices"
	"strings"
)

// maxHints is how many names are offered instead of one that is unknown.
const maxHints = 3

// hint tells what is near a pattern that nothing fits, for the end of a message.
func (n *names) hint(p pattern) string {
	if p.kind == sectionPattern && slices.ContainsFunc(n.requirements, func(ref string) bool { return isBelow(ref, p.text) }) {
		return ": none proves anything of it"
	}
	found := n.near(p)
	if len(found) == 0 {
		return ""
	}
	return " (did you mean " + either(found) + "?)"
}

// near lists names that are near to a pattern, the likeliest first.
func (n *names) near(p pattern) []string {
	family := strings.TrimRight(p.text, "/*") + "/**"
	switch {
	case p.kind == sectionPattern:
		return append(nearestOf(p.text, n.sections, maxHints), n.above(p.text)...)
	case strings.Contains(p.text, ":"):
		return nearestOf(p.text, n.aliases, maxHints)
	case slices.Contains(n.families, family):
		return []string{family}
	}
	found := holding(longestLiteral(p.text), n.ids)
	head, _, nested := strings.Cut(p.text, "/")
	if p.kind == globPattern || !nested {
		found = append(found, nearestOf(head+"/**", n.families, maxHints)...)
	}
	found = append(found, nearestOf(p.text, slices.Concat(n.ids, n.families, n.sections), maxHints)...)
	found = distinct(found)
	return found[:min(maxHints, len(found))]
}

// above is the section or document around an unknown section, if it is known.
func (n *names) above(section string) []string {
	if at := strings.LastIndexAny(section, ".-"); at > 0 {
		section = section[:at]
	} else {
		return nil
	}
	if slices.ContainsFunc(n.sections, func(ref string) bool { return isBelow(ref, section) }) {
		return []string{section}
	}
	return n.above(section)
}

// longestLiteral is the longest piece of the pattern without a wildcard.
func longestLiteral(text string) string {
	longest := ""
	for piece := range strings.SplitSeq(text, "*") {
		if len(piece) > len(longest) {
			longest = piece
		}
	}
	return longest
}

// holding lists the first ids that hold the piece, if it is not too short to say
// anything.
func holding(piece string, ids []string) []string {
	var found []string
	for _, id := range ids {
		if len(piece) >= 3 && len(found) < maxHints && strings.Contains(id, piece) {
			found = append(found, id)
		}
	}
	return found
}
