package main

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/cases"
)

// selected are the cases of a list that the spec file selects, with the numbers
// that it selects.
func (s *specFile) selected(all []cases.Case) ([]cases.Case, error) {
	takes, err := matchAny(s.cases, all, false)
	if err != nil {
		return nil, err
	}
	drops, err := matchAny(s.exclude, nil, false)
	if err != nil {
		return nil, err
	}
	list := withNumbers(all, func(id string) bool { return takes(id) && !drops(id) })
	if len(list) == 0 {
		return nil, errors.New("the spec file selects no case")
	}
	return list, nil
}

// without drops what the spec file excludes for the agent.
func (s *specFile) without(agent string, list []cases.Case) []cases.Case {
	for _, m := range s.excludeAgent {
		if agent != "" && specPattern(m.key, true).MatchString(agent) {
			drops, _ := matchAny(m.node.items, nil, true)
			list = withNumbers(list, func(id string) bool { return !drops(id) })
		}
	}
	return list
}

// withNumbers are the cases with those of Autobahn's numbers that are taken; a
// case with none is left out.
func withNumbers(list []cases.Case, takes func(id string) bool) (kept []cases.Case) {
	for _, c := range list {
		c.Alias = slices.DeleteFunc(slices.Clone(c.Alias), func(alias string) bool {
			id, ok := strings.CutPrefix(alias, "autobahn:")
			return !ok || !takes(id)
		})
		if len(c.Alias) > 0 {
			kept = append(kept, c)
		}
	}
	return kept
}

// matchAny matches numbers that any of the patterns fits. A number without * must
// be that of a case, where there is a list.
func matchAny(patterns []*specNode, all []cases.Case, whole bool) (func(id string) bool, error) {
	var expressions []*regexp.Regexp
	for _, p := range patterns {
		if all != nil && !strings.Contains(p.value, "*") && len(withNumbers(all, func(id string) bool { return id == p.value })) == 0 {
			return nil, p.errorf("there is no case %q", p.value)
		}
		expressions = append(expressions, specPattern(p.value, whole))
	}
	return func(id string) bool {
		return slices.ContainsFunc(expressions, func(e *regexp.Regexp) bool { return e.MatchString(id) })
	}, nil
}

// specPattern is a pattern of a spec file: * is any text, and one with * need not
// fit to the end, unless it has to be whole.
func specPattern(pattern string, whole bool) *regexp.Regexp {
	e := "(?s)^" + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*")
	if whole || !strings.Contains(pattern, "*") {
		e += "$"
	}
	return regexp.MustCompile(e)
}
