package cases

import (
	"fmt"
	"slices"
)

// page checks what a page does.
func (v *validator) page() {
	v.where = ""
	switch of := v.c.Subject == Page; {
	case of && len(v.c.Page) == 0:
		v.errorf("tests a page, which has no steps of its own (@)")
	case !of && v.c.Page != nil:
		v.errorf("has steps of a page; the subject must be page")
	case of && v.c.Quick != nil, of && v.c.Connects() > 1:
		v.errorf("tests a page, and has one conversation only")
	}
	for i := range v.c.Page {
		if problem := pageProblem(v.c.Page, i); problem != "" {
			v.where = pagePlace(i + 1)
			v.errorf("%s: %s", v.where, problem)
		}
	}
}

// pageProblem says what is wrong with a step; empty: nothing.
func pageProblem(list []PageStep, i int) string {
	s, n := list[i], len(list)
	if s.Do > PagePause {
		return fmt.Sprintf("%d is not one of its actions", s.Do)
	}
	name, least, most := actionWords[s.Do], 0, 0
	switch s.Do {
	case PageConstruct, PageClose:
		most = 2
	case PageSend, PageAssign, PagePause:
		least, most = 1, 1
	case PageEvent:
		most = 3
	}
	names := pageNames(s.Do)
	switch {
	case s.Do == PageWithin && i > 0:
		return "in can only be the first step"
	case s.Do == PageMaybe && (i == n-1 || list[i+1].Do != PageAwait && list[i+1].Do != PageMaybe):
		return "maybe stands before another wait"
	case s.Do == PageLeave && i < n-1:
		return "leave can only be the last step"
	case names == nil && s.Name != "" || names != nil && !slices.Contains(names, s.Name):
		return fmt.Sprintf("%s does not go with the name %q", name, s.Name)
	case len(s.Args) < least || len(s.Args) > most:
		return fmt.Sprintf("%s takes %d to %d values", name, least, most)
	case s.Args != nil && len(s.Args) == 0:
		return "an empty list of arguments; leave it nil"
	}
	if s.Do == PagePause && (s.Args[0].Kind != Number || s.Args[0].Number <= 0 || s.Args[0].Number > maxPagePause) {
		return fmt.Sprintf("pause takes a number of milliseconds, up to %d", maxPagePause)
	}
	for _, v := range s.Args {
		if problem := valueProblem(v); problem != "" {
			return problem
		}
		if problem := placeholderProblem(string(v.Octets.Append(nil, 0))); problem != "" && s.Do == PageConstruct {
			return problem
		}
	}
	return outcomesProblem(&s)
}

func outcomesProblem(s *PageStep) string {
	all := []PageOutcome{s.Want}
	for _, o := range s.Or {
		if !slices.Contains([]Verdict{Pass, Info, Lax}, o.Grade) {
			return fmt.Sprintf("%v is no grade of an outcome that is allowed", o.Grade)
		}
		all = append(all, o.Outcome)
	}
	for _, o := range all {
		switch {
		case o.Throws != "" && !isToken(o.Throws):
			return fmt.Sprintf("%q is no name of an exception", o.Throws)
		case o.Throws != "" && o.Value.Kind != NoValue:
			return "an outcome either throws or has a value"
		case o.Event != "" && (s.Do != PageUntil || !slices.Contains(pageEvents[:], o.Event) || o.Throws != "" || o.Value.Kind != NoValue):
			return "only until may end with an event, with nothing else"
		case s.Want.Event != "":
			return "until waits for a value, not for an event"
		case o.Throws == "" && o.Event == "" && s.HasValue() != (o.Value.Kind != NoValue):
			return "only is and until find a value, and always do"
		}
		if problem := valueProblem(o.Value); problem != "" {
			return problem
		}
	}
	if s.Or != nil && len(s.Or) == 0 {
		return "an empty list of outcomes; leave it nil"
	}
	return ""
}

// maxPagePause bounds a pause, in milliseconds.
const maxPagePause = 10_000

// maxPageOctets bounds a value: all octets go to the page in one call.
const maxPageOctets = 1 << 21

func valueProblem(v PageValue) string {
	switch {
	case v.Kind > View:
		return fmt.Sprintf("%d is not one of the kinds of values", v.Kind)
	case v.Octets.Len() > maxPageOctets:
		return fmt.Sprintf("a value of more than %d octets", maxPageOctets)
	case v.Kind < String && v.Octets != nil, v.Kind != StringList && v.List != nil, v.List != nil && len(v.List) == 0:
		return "a value has what its kind has not"
	case v.Kind != Number && v.Kind != Bool && v.Number != 0, v.Kind == Bool && v.Number != 0 && v.Number != 1:
		return "a value has a number that its kind has not"
	}
	for _, c := range v.Octets {
		if c.Stream != 0 || c.Corpus != "" {
			return "the octets of a value are written out: no random and no corpus"
		}
	}
	return ""
}

// isToken reports whether s is a word of letters.
func isToken(s string) bool {
	return !slices.ContainsFunc([]byte(s), func(b byte) bool { return b|0x20 < 'a' || b|0x20 > 'z' })
}
