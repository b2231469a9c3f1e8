package reports

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// A chapter holds the results of one section of a standard.
type chapter struct {
	name    string
	results []*runner.Result
}

// chapters groups results by section, in the order of the standards' numbers.
func chapters(results []runner.Result) []*chapter {
	var list []*chapter
	index := map[string]*chapter{}
	for i := range results {
		name := section(&results[i].Case)
		if index[name] == nil {
			index[name] = &chapter{name: name}
			list = append(list, index[name])
		}
		index[name].results = append(index[name].results, &results[i])
	}
	slices.SortStableFunc(list, func(a, b *chapter) int { return compareNumbers(a.name, b.name) })
	return list
}

// section is the section that a case stands under.
func section(c *cases.Case) string {
	if len(c.Refs) == 0 {
		return "own cases"
	}
	return cases.SectionOf(c.Refs[0])
}

// compareNumbers orders names so that 5.10 comes behind 5.9.
func compareNumbers(a, b string) int {
	parts := func(s string) []string {
		return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '.' })
	}
	return slices.CompareFunc(parts(a), parts(b), func(a, b string) int {
		m, errA := strconv.Atoi(a)
		n, errB := strconv.Atoi(b)
		if errA != nil || errB != nil {
			return strings.Compare(a, b)
		}
		return cmp.Compare(m, n)
	})
}
