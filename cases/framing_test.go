package cases

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func framingCases() []Case {
	return slices.Concat(maskingCases(), messageCases(), lengthCases(), reservedCases(), fragmentCases(), controlCases())
}

func TestFramingReplacesEachAutobahnCaseOnce(t *testing.T) {
	groups := []struct {
		format string
		count  int
	}{
		{"1.1.%d", 8}, {"1.2.%d", 8}, {"2.%d", 11}, {"3.%d", 7}, {"4.1.%d", 5}, {"4.2.%d", 5}, {"5.%d", 20}, {"10.1.%d", 1},
	}
	var want, got []string
	for _, g := range groups {
		for i := range g.count {
			want = append(want, "autobahn:"+fmt.Sprintf(g.format, i+1))
		}
	}
	for _, c := range framingCases() {
		got = append(got, c.Alias...)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("aliases (-want +got):\n%s", diff)
	}
}

func TestFramingIDsAreUniqueAndNameTheirFamily(t *testing.T) {
	shape := regexp.MustCompile(`^(masking|message|length|reserved|fragment|control)/[a-z0-9]+(-[a-z0-9]+)*$`)
	seen, titles := map[string]bool{}, map[string]string{}
	for _, c := range framingCases() {
		if !shape.MatchString(c.ID) {
			t.Errorf("%s: not the form of an id", c.ID)
		}
		if seen[c.ID] {
			t.Errorf("%s: twice", c.ID)
		}
		if other, ok := titles[c.Title]; ok {
			t.Errorf("%s: has the title of %s: %q", c.ID, other, c.Title)
		}
		seen[c.ID], titles[c.Title] = true, c.ID
		if c.Title == "" || strings.HasSuffix(c.Title, ".") || strings.Contains(c.Title, "  ") {
			t.Errorf("%s: title %q", c.ID, c.Title)
		}
	}
}

func TestFramingRefsExistAndBindTheSubject(t *testing.T) {
	for _, c := range framingCases() {
		for i, id := range c.Refs {
			r, ok := FindRequirement(id)
			if !ok {
				t.Errorf("%s: no requirement %s", c.ID, id)
				continue
			}
			if slices.Contains(c.Refs[:i], id) {
				t.Errorf("%s: %s twice", c.ID, id)
			}
			if i == 0 && (r.Role == ForServer && c.Subject != Server || r.Role == ForClient && c.Subject != Client) {
				t.Errorf("%s: %s binds only a %s", c.ID, id, r.Role)
			}
		}
		if len(c.Refs) == 0 {
			t.Errorf("%s: no requirement", c.ID)
		}
	}
}

func TestFramingNeedsEchoExactlyWhereAMessageIsExpected(t *testing.T) {
	for _, c := range framingCases() {
		if want, got := framingAwaitsEcho(c), slices.Contains(c.Needs, Echo); want != got {
			t.Errorf("%s: needs echo is %v, and a message expected is %v", c.ID, got, want)
		}
	}
}

// framingAwaitsEcho reports whether a message of the peer is among what a case
// expects.
func framingAwaitsEcho(c Case) bool {
	found := false
	framingEachExpectation(c.Steps, func(e Expectation) {
		for _, a := range e.Alternatives {
			found = found || slices.ContainsFunc(a.Events, func(e Event) bool {
				f, ok := e.(Frame)
				return ok && !f.Opcode.IsControl()
			})
		}
	})
	return found
}

func framingEachExpectation(dialogue []Step, visit func(Expectation)) {
	for _, s := range dialogue {
		switch s := s.(type) {
		case Expectation:
			visit(s)
		case RepeatStep:
			framingEachExpectation(s.Steps, visit)
		}
	}
}

func TestFramingSaysWhereItDiffersFromAutobahn(t *testing.T) {
	differs := autobahn("2.7", "2.8", "2.9", "2.10", "2.11", "3.2", "3.3", "3.4", "3.6", "4.1.3", "4.1.4", "4.1.5",
		"4.2.3", "4.2.4", "4.2.5", "5.15", "5.19", "5.20", "10.1.1")
	for _, c := range framingCases() {
		for _, alias := range c.Alias {
			if slices.Contains(differs, alias) && !strings.Contains(c.Note, "Autobahn") {
				t.Errorf("%s: no note on why it differs from %s", c.ID, alias)
			}
		}
	}
}

func TestFramingLightCasesAreSmallAndBounded(t *testing.T) {
	for _, c := range framingCases() {
		if size := framingOctets(c.Steps); c.Weight == Light && size > 1<<19 {
			t.Errorf("%s: light, and sends %d octets", c.ID, size)
		}
		framingEachExpectation(c.Steps, func(e Expectation) {
			waits := slices.ContainsFunc(e.Alternatives, func(a Alternative) bool {
				return slices.Contains(a.Events, Event(Wait()))
			})
			if waits != (e.Within > 0) {
				t.Errorf("%s: a wait goes with a bound and the other way round", c.ID)
			}
			if waits && !strings.Contains(c.Note, "second") {
				t.Errorf("%s: the note does not say that time decides", c.ID)
			}
		})
	}
}

func framingOctets(dialogue []Step) int {
	total := 0
	for _, s := range dialogue {
		switch s := s.(type) {
		case SendStep:
			for _, f := range s.Frames {
				total += f.Payload.Len()
			}
		case RepeatStep:
			total += s.Times * framingOctets(s.Steps)
		}
	}
	return total
}
