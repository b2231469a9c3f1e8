package cases

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// closeAndUTF8Cases are the cases of these two families.
func closeAndUTF8Cases() []Case { return append(closeCases(), utf8Cases()...) }

func TestClosingReplacesEveryAutobahnCaseOfGroup7Once(t *testing.T) {
	testAutobahnIDs(t, closeCases(), "7", []autobahnGroup{{1, 6}, {3, 6}, {5, 1}, {7, 13}, {9, 9}, {13, 2}})
}

// autobahnGroup is a subgroup of Autobahn's cases and how many it has.
type autobahnGroup struct{ number, size int }

func testAutobahnIDs(t *testing.T, family []Case, group string, subgroups []autobahnGroup) {
	t.Helper()
	var want, got []string
	for _, s := range subgroups {
		for n := range s.size {
			want = append(want, fmt.Sprintf("autobahn:%s.%d.%d", group, s.number, n+1))
		}
	}
	for _, c := range family {
		got = append(got, c.Alias...)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Autobahn ids differ (-want +got):\n%s", diff)
	}
}

func TestClosingAndUTF8CasesAreWellFormed(t *testing.T) {
	id := regexp.MustCompile(`^(close|utf8)/[a-z0-9]+([.-][a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, c := range closeAndUTF8Cases() {
		if !id.MatchString(c.ID) || seen[c.ID] {
			t.Errorf("%s: bad or repeated id", c.ID)
		}
		seen[c.ID] = true
		if c.Title == "" || strings.HasSuffix(c.Title, ".") || strings.Contains(c.Title, "%!") {
			t.Errorf("%s: bad title %q", c.ID, c.Title)
		}
		if first := c.Title[:1]; first != strings.ToLower(first) && !strings.HasPrefix(c.Title, "U+") {
			t.Errorf("%s: title does not begin in lower case: %q", c.ID, c.Title)
		}
		if len(c.Steps) == 0 || len(c.Refs) == 0 {
			t.Errorf("%s: no steps or no requirements", c.ID)
		}
		for i, ref := range c.Refs {
			if _, ok := FindRequirement(ref); !ok || slices.Contains(c.Refs[:i], ref) {
				t.Errorf("%s: unknown or repeated requirement %s", c.ID, ref)
			}
		}
	}
}

func TestClosingAndUTF8CasesSayNothingTwice(t *testing.T) {
	seen := map[string]string{}
	for _, c := range closeAndUTF8Cases() {
		script := fmt.Sprintf("%d %#v", c.Subject, c.Steps)
		if other := seen[script]; other != "" {
			t.Errorf("%s has the steps of %s", c.ID, other)
		}
		seen[script] = c.ID
	}
}

// A message in an expectation comes from a peer that echoes, unless it may be
// left out.
func TestClosingAndUTF8CasesThatWaitForAMessageNeedEcho(t *testing.T) {
	for _, c := range closeAndUTF8Cases() {
		waits := slices.ContainsFunc(c.Steps, func(s Step) bool {
			e, ok := s.(Expectation)
			return ok && slices.ContainsFunc(e.Alternatives, func(a Alternative) bool {
				return slices.ContainsFunc(a.Events, func(e Event) bool {
					f, ok := e.(Frame)
					return ok && !f.Opcode.IsControl()
				})
			})
		})
		if needs := slices.Contains(c.Needs, Echo); waits != needs {
			t.Errorf("%s: waits for a message: %t, needs echo: %t", c.ID, waits, needs)
		}
	}
}

func TestCloseCodesThatMustNotBeSentAreRefused(t *testing.T) {
	for _, c := range closeCases() {
		code, ok := closeCodeSent(c)
		if !ok {
			continue
		}
		first := c.Steps[1].(Expectation).Alternatives[0].Events[0]
		_, refused := first.(FailEvent)
		registered := code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)
		if legal := registered || code >= 3000 && code <= 4999; legal == refused {
			t.Errorf("%s: code %d is legal: %t, but refused: %t", c.ID, code, legal, refused)
		}
	}
}

// closeCodeSent is the code of a case that sends a bare code and waits.
func closeCodeSent(c Case) (uint16, bool) {
	if !strings.HasPrefix(c.ID, "close/code-") {
		return 0, false
	}
	body := c.Steps[0].(SendStep).Frames[0].Payload.Append(nil, 0)
	return uint16(body[0])<<8 | uint16(body[1]), len(body) == 2
}

func TestCloseCodesOfAutobahnAreThose(t *testing.T) {
	want := map[string]uint16{
		"7.7.1": 1000, "7.7.2": 1001, "7.7.3": 1002, "7.7.4": 1003, "7.7.5": 1007, "7.7.6": 1008, "7.7.7": 1009,
		"7.7.8": 1010, "7.7.9": 1011, "7.7.10": 3000, "7.7.11": 3999, "7.7.12": 4000, "7.7.13": 4999,
		"7.9.1": 0, "7.9.2": 999, "7.9.3": 1004, "7.9.4": 1005, "7.9.5": 1006, "7.9.6": 1016, "7.9.7": 1100,
		"7.9.8": 2000, "7.9.9": 2999, "7.13.1": 5000, "7.13.2": 65535,
	}
	got := map[string]uint16{}
	for _, c := range closeCases() {
		if code, ok := closeCodeSent(c); ok && c.Alias != nil {
			got[strings.TrimPrefix(c.Alias[0], "autobahn:")] = code
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("codes differ (-want +got):\n%s", diff)
	}
}

func TestCloseBodiesFitAControlFrame(t *testing.T) {
	for _, c := range closeCases() {
		for _, s := range c.Steps {
			send, _ := s.(SendStep)
			for _, f := range send.Frames {
				if n := f.Payload.Len(); f.Opcode == OpClose && n > 125 && c.ID != "close/body-of-126-octets" {
					t.Errorf("%s: Close body of %d octets", c.ID, n)
				}
			}
		}
	}
}

// A code that passes must not be among those that fail: the player lets a known
// wrong reaction decide at once.
func TestCloseCodesAreGradedOnce(t *testing.T) {
	for _, c := range closeCases() {
		for _, s := range c.Steps {
			e, _ := s.(Expectation)
			grades := map[uint16]Verdict{}
			for _, a := range e.Alternatives {
				closes, _ := a.Events[0].(CloseEvent)
				for _, code := range closes.Codes {
					if grade, ok := grades[code]; ok && grade != a.Grade {
						t.Errorf("%s: code %d is both %s and %s", c.ID, code, grade, a.Grade)
					}
					grades[code] = a.Grade
				}
			}
		}
	}
}
