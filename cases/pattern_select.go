package cases

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// Select is the cases that fit one of the patterns, or all when there are none,
// without those that fit a pattern to skip, in their order. A pattern that no case
// fits is an error that names what is near it, and so is a choice of nothing.
func Select(all []Case, patterns, skip []string) ([]Case, error) {
	chosen, wrong := Compile(patterns...)
	skipped, alsoWrong := Compile(skip...)
	if err := errors.Join(wrong, alsoWrong); err != nil {
		return nil, err
	}
	if err := errors.Join(chosen.Check(all), skipped.Check(all)); err != nil {
		return nil, err
	}
	var selected []Case
	for i := range all {
		if c := &all[i]; (len(patterns) == 0 || chosen.Match(c)) && !skipped.Match(c) {
			selected = append(selected, *c)
		}
	}
	if len(selected) == 0 && len(all) > 0 {
		return nil, errors.New("the patterns leave no case")
	}
	return selected, nil
}

// Check tells every pattern that no case fits, with what is near it.
func (s *Selection) Check(all []Case) error {
	fits := make([]bool, len(s.patterns))
	for i := range all {
		for n := range s.matching(&all[i]) {
			fits[n] = true
		}
	}
	var errs []error
	var near *names
	for n, p := range s.patterns {
		if fits[n] {
			continue
		}
		if len(errs) == maxFaults {
			errs = append(errs, errors.New("too many patterns match no case"))
			break
		}
		if near == nil {
			near = namesOf(all)
		}
		errs = append(errs, fmt.Errorf("%spattern %q matches no case%s", p.origin, p.text, near.hint(p)))
	}
	return errors.Join(errs...)
}

// addFile compiles the patterns of a file.
func (s *Selection) addFile(name string) []error {
	text, err := readBounded(name)
	if err != nil {
		return []error{fmt.Errorf("reading patterns: %w", err)}
	}
	var errs []error
	at := 0
	for l := range strings.SplitSeq(strings.TrimPrefix(text, "\ufeff"), "\n") {
		at++
		l, _, _ = strings.Cut(l, "#")
		l = strings.TrimSpace(l)
		origin := fmt.Sprintf("%s:%d: ", name, at)
		switch {
		case l == "":
			continue
		case l[0] == '@':
			err = fmt.Errorf("%s%s: a file of patterns names no other file", origin, l)
		default:
			err = s.add(l, origin)
		}
		if err != nil {
			errs = append(errs, err)
		}
		if len(errs) == maxFaults {
			return append(errs, fmt.Errorf("%stoo many errors", origin))
		}
	}
	return errs
}

// readBounded reads a file of at most MaxSource octets.
func readBounded(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, MaxSource+1))
	if err == nil && len(b) > MaxSource {
		err = fmt.Errorf("%s: more than the %d octets that are read", name, MaxSource)
	}
	return string(b), err
}

// names are what patterns could have meant.
type names struct {
	ids, aliases []string
	families     []string // as patterns: "close/**"
	sections     []string // those that a case proves something of
	requirements []string // all there are
}

func namesOf(all []Case) *names {
	n := &names{}
	for _, c := range all {
		n.ids = append(n.ids, c.ID)
		n.aliases = append(n.aliases, c.Alias...)
		for i, b := range []byte(c.ID) {
			if b == '/' {
				n.families = append(n.families, c.ID[:i]+"/**")
			}
		}
		for _, ref := range c.Refs {
			document, section, _, _ := SplitRef(ref)
			n.sections = append(n.sections, ref, document+"-"+section)
		}
	}
	for _, r := range Requirements() {
		n.requirements = append(n.requirements, r.ID)
	}
	n.families = sortedSet(n.families)
	n.sections = sortedSet(n.sections)
	return n
}

func sortedSet(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
