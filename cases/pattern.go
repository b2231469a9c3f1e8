package cases

import (
	"errors"
	"fmt"
	"iter"
	"strings"
)

// A Selection is a set of cases that patterns describe. The zero value holds
// none. A pattern is one of
//
//	close/code-1005-on-the-wire   the case with this id, or which had it before
//	close/*  **/ping-*            * stands for anything within a part of an id,
//	close/**                      ** across its parts
//	6455  6455-5.4  whatwg-3.1    what proves a requirement of the document, or of
//	                              the section or one below it
//	6455-5.4-9                    what proves this requirement
//	autobahn:5.6  autobahn:7.*    another suite's name of the case
//	@file                         the patterns in the file, one a line; lines that
//	                              begin with # are comments
type Selection struct {
	patterns []pattern
	exact    map[string][]int // the patterns without wildcards and sections, by their text
	open     []int            // the other ones
}

// pattern is one compiled pattern.
type pattern struct {
	text   string
	kind   patternKind
	origin string // "file:3: " for a pattern of a file
}

type patternKind byte

const (
	exactPattern patternKind = iota
	globPattern
	sectionPattern
)

// Compile reads patterns, and the files that they name. The error tells every
// pattern that cannot be one.
func Compile(patterns ...string) (*Selection, error) {
	s := &Selection{exact: map[string][]int{}}
	var errs []error
	for _, text := range patterns {
		if name, isFile := strings.CutPrefix(text, "@"); isFile {
			errs = append(errs, s.addFile(name)...)
		} else if err := s.add(text, ""); err != nil {
			errs = append(errs, err)
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return s, nil
}

// add compiles one pattern.
func (s *Selection) add(text, origin string) error {
	p := pattern{text: text, origin: origin}
	if problem := p.compile(); problem != "" {
		return fmt.Errorf("%spattern %q %s", origin, text, problem)
	}
	n := len(s.patterns)
	s.patterns = append(s.patterns, p)
	if p.kind == exactPattern {
		s.exact[text] = append(s.exact[text], n)
	} else {
		s.open = append(s.open, n)
	}
	return nil
}

// compile finds out the kind, and says what is wrong with the text.
func (p *pattern) compile() string {
	foreign := strings.IndexFunc(p.text, isForeign)
	section := strings.TrimRight(p.text, "*.-")
	switch {
	case p.text == "":
		return "is empty"
	case foreign >= 0:
		return fmt.Sprintf("holds %q; no id does, and the wildcards are * and **", []rune(p.text[foreign:])[0])
	case isSection(p.text):
		p.kind = sectionPattern
	case strings.Contains(p.text, "***"):
		return "holds ***; the wildcards are * and **"
	case strings.Contains(p.text, "*") && isSection(section):
		return fmt.Sprintf("has a wildcard in a section; %s is all that is in it and below it", section)
	case strings.Contains(p.text, "*"):
		p.kind = globPattern
	}
	return ""
}

// isForeign reports whether no id, alias or pattern holds the character.
func isForeign(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("*/.:-_", r)
}

// isSection reports whether the text is a document, a section or a requirement:
// ids of cases begin with a letter, and have parts if they begin with "whatwg".
func isSection(text string) bool {
	document, _, _ := strings.Cut(text, "-")
	if document == "whatwg" {
		return !strings.ContainsAny(text, "/*")
	}
	return len(document) == 4 && strings.Trim(document, "0123456789") == "" && !strings.ContainsAny(text, "/*")
}

// Match reports whether the case is in the selection.
func (s *Selection) Match(c *Case) bool {
	for range s.matching(c) {
		return true
	}
	return false
}

// matching lists the patterns, by their number, that the case fits.
func (s *Selection) matching(c *Case) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := -1; i < len(c.Alias); i++ {
			for _, n := range s.exact[nameOf(c, i)] {
				if !yield(n) {
					return
				}
			}
		}
		for _, n := range s.open {
			if s.patterns[n].matches(c) && !yield(n) {
				return
			}
		}
	}
}

// nameOf is an alias of the case, or its id for -1.
func nameOf(c *Case, i int) string {
	if i < 0 {
		return c.ID
	}
	return c.Alias[i]
}

// matches reports whether the case fits a pattern of a section or with wildcards.
func (p *pattern) matches(c *Case) bool {
	if p.kind == sectionPattern {
		for _, ref := range c.Refs {
			if isBelow(ref, p.text) {
				return true
			}
		}
		return false
	}
	for i := -1; i < len(c.Alias); i++ {
		if glob(p.text, nameOf(c, i)) {
			return true
		}
	}
	return false
}

// isBelow reports whether the requirement is this one, or in the section or
// document or in a section below it.
func isBelow(ref, section string) bool {
	rest, found := strings.CutPrefix(ref, section)
	return found && (rest == "" || rest[0] == '-' || rest[0] == '.')
}
