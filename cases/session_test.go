package cases

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCasesOfASessionHaveNoSteps(t *testing.T) {
	for _, c := range sessionCases() {
		if errs := Validate(c); len(errs) > 0 {
			t.Error(errs)
		}
		parsed, err := Parse("session", []byte(Format(c)))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([]Case{c}, parsed); d != "" {
			t.Error(d)
		}
	}
	stepping, serving := sessionCases()[0], sessionCases()[0]
	stepping.Steps = steps(Alive())
	serving.Subject = Both
	for _, c := range []Case{stepping, serving} {
		if len(Validate(c)) != 1 {
			t.Errorf("%v", Validate(c))
		}
	}
}
