package main

import (
	"errors"
	"testing"

	"github.com/wsspec/wsspec/cases"
)

func TestMissingRequirementsAreAnExitCode(t *testing.T) {
	covered := cases.Coverage{Watched: "every frame"}
	for _, test := range []struct {
		asked bool
		rows  []cases.Coverage
		want  int
	}{
		{true, []cases.Coverage{covered, {}}, exitVerdict},
		{true, []cases.Coverage{covered}, exitConformant},
		{true, nil, exitConformant},
		{false, []cases.Coverage{{}}, exitConformant},
	} {
		f := coverFlags{missing: test.asked}
		var exit *exitError
		got := exitConformant
		if errors.As(f.verdict(test.rows), &exit) {
			got = exit.code
		}
		if got != test.want {
			t.Errorf("asked %v: exit code %d for %v, want %d", test.asked, got, test.rows, test.want)
		}
	}
}
