package cases

import (
	"errors"
	"fmt"
	"strings"
)

// SelectRequirements is the requirements that fit one of the patterns, or all
// when there are none, in their order. A pattern is a document, a section or a
// requirement: "7692", "6455-5.4", "6455-5.4-9". One that nothing fits is an error
// that names what is near it.
func SelectRequirements(all []Requirement, patterns ...string) ([]Requirement, error) {
	fits := make([]bool, len(patterns))
	var chosen []Requirement
	for _, r := range all {
		wanted := len(patterns) == 0
		for i, p := range patterns {
			if isBelow(r.ID, p) {
				wanted, fits[i] = true, true
			}
		}
		if wanted {
			chosen = append(chosen, r)
		}
	}
	var errs []error
	for i, p := range patterns {
		if !fits[i] {
			errs = append(errs, fmt.Errorf("pattern %q matches no requirement%s", p, requirementHint(all, p)))
		}
	}
	return chosen, errors.Join(errs...)
}

// requirementHint tells what a pattern could have meant.
func requirementHint(all []Requirement, pattern string) string {
	n := &names{sections: SectionPatterns(all)}
	found := distinct(append(nearestOf(pattern, n.sections, maxHints), n.above(pattern)...))
	if len(found) == 0 {
		return ""
	}
	return " (did you mean " + either(found[:min(maxHints, len(found))]) + "?)"
}

// SectionPatterns are all patterns that name documents, sections and
// requirements.
func SectionPatterns(all []Requirement) []string {
	var list []string
	for _, r := range all {
		document, section, _, _ := SplitRef(r.ID)
		list = append(list, document, document+"-"+section, r.ID)
	}
	return sortedSet(list)
}

// ParseLevel reads the name of a level as in print or in the notation: "MUST
// NOT", "MUST-NOT", in any case.
func ParseLevel(s string) (Level, error) {
	wanted := strings.ToUpper(strings.NewReplacer("-", " ", "_", " ").Replace(strings.TrimSpace(s)))
	for i, w := range levelWords {
		if w == wanted && w != "" {
			return Level(i), nil
		}
	}
	return Unset, fmt.Errorf("there is no level %q: they are %s", s, strings.Join(levelVocabulary()[1:], ", "))
}
