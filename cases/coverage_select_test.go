package cases

import (
	"strings"
	"testing"
)

func TestRequirementsAreSelected(t *testing.T) {
	all := Requirements()
	tests := map[string]struct {
		patterns []string
		holds    []string
		misses   []string
	}{
		"all":                          {nil, refs("6455-5.4-9", "whatwg-3.1-1"), nil},
		"a document":                   {refs("7692"), refs("7692-7.1.2.1-2"), refs("6455-5.4-9")},
		"a section":                    {refs("6455-5.4"), refs("6455-5.4-9"), refs("6455-5.5-1")},
		"a section and those below it": {refs("6455-7.4"), refs("6455-7.4-1", "6455-7.4.2-5"), refs("6455-7.3-1")},
		"one, but not those that begin like it": {
			refs("6455-5.4-1"), refs("6455-5.4-1"), refs("6455-5.4-10")},
		"several": {refs("whatwg-4", "6455-5.1-1"), refs("whatwg-4-1", "6455-5.1-1"), refs("whatwg-5-1")},
	}
	for name, test := range tests {
		chosen, err := SelectRequirements(all, test.patterns...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got := map[string]bool{}
		for _, r := range chosen {
			got[r.ID] = true
		}
		for _, id := range test.holds {
			if !got[id] {
				t.Errorf("%s: %s is not there", name, id)
			}
		}
		for _, id := range test.misses {
			if got[id] {
				t.Errorf("%s: %s is there", name, id)
			}
		}
	}
}

func TestAPatternOfNoRequirementHasAHint(t *testing.T) {
	for pattern, want := range map[string]string{
		"6455-5.44":    `pattern "6455-5.44" matches no requirement (did you mean 6455-5.4`,
		"6455-5.4-99":  "6455-5.4",
		"7629":         "7692",
		"whatgw-3.1":   "whatwg-3.1",
		"nothing-like": `pattern "nothing-like" matches no requirement`,
		"":             `pattern "" matches no requirement`,
	} {
		chosen, err := SelectRequirements(Requirements(), "6455-5.4-9", pattern)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q (%d chosen)", pattern, err, want, len(chosen))
		}
	}
}

func TestLevelsAreRead(t *testing.T) {
	for text, want := range map[string]Level{
		"MUST": Must, "must-not": MustNot, "MUST NOT": MustNot, "should_not": ShouldNot, " may ": May, "def": Definition,
	} {
		if got, err := ParseLevel(text); got != want || err != nil {
			t.Errorf("%q is %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "shall", "MUST,MAY"} {
		if got, err := ParseLevel(text); err == nil || !strings.Contains(err.Error(), "MUST-NOT") {
			t.Errorf("%q is %v, %v, want an error that lists the levels", text, got, err)
		}
	}
}
