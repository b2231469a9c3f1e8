package reports

import (
	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// A Trait is one thing that a run learned of a peer, in words.
type Trait struct {
	Name, Value string
	Inner       bool // it belongs to the trait above it
}

// Traits are all that a run learned of a peer whose opening handshake succeeds.
func Traits(f runner.Features) []Trait {
	var list []Trait
	if f.Handshake {
		for _, t := range traits(f) {
			list = append(list, Trait{t.name, Visible(t.value), t.inner})
		}
	}
	return list
}

// Advice tells what can be done about an opening handshake that does not succeed,
// one paragraph each; none where nothing is known.
func Advice(r *runner.Report) []string {
	if r.Features.Handshake {
		return nil
	}
	return mending(r)
}

// Unplayed reports whether a case was never begun, because the run was cut short.
func Unplayed(r *runner.Result) bool { return unplayed(r) }

// SectionOf is the section that a case stands under.
func SectionOf(c *cases.Case) string { return section(c) }

// CompareSections orders sections as they stand in their documents, and the
// documents by their numbers.
func CompareSections(a, b string) int { return compareNumbers(a, b) }

// Verdicts are the worst verdict of the run for each row, as words; empty where
// the run says nothing about the requirement.
func (m *Matrix) Verdicts() []string { return m.verdicts() }
