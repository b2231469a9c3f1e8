package cases

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// named is a case that stands for the requirements.
func named(id string, subject Subject, ids ...string) Case {
	return Case{ID: id, Subject: subject, Refs: ids, Steps: steps(Alive())}
}

func TestWhatProvesARequirement(t *testing.T) {
	all := []Case{
		named("a/both", Both, "6455-5.4-9", "6455-5.5-2"),
		named("a/server", Server, "6455-5.3-7", "6455-5.1-2", "6455-5.4-10"),
		named("a/client", Client, "6455-5.1-5"),
	}
	tests := map[string]struct {
		id     string
		want   Coverage
		status CoverageStatus
	}{
		"a case for both sides":           {"6455-5.4-9", Coverage{Direct: refs("a/both")}, Covered},
		"a case for the side bound":       {"6455-5.1-2", Coverage{Direct: refs("a/server"), Tested: Server}, Covered},
		"a case for one side of two":      {"6455-5.4-10", Coverage{Direct: refs("a/server"), Tested: Server}, Covered},
		"a case for the other side alone": {"6455-5.3-7", Coverage{OtherSide: refs("a/server"), Tested: Server}, Missing},
		"a requirement that is seen with it": {
			"6455-5.4-5", Coverage{Via: []Link{{Requirement: "6455-5.4-9", Cases: refs("a/both")}}}, Covered},
		"judged in passing": {"6455-5.1-4", Coverage{Watched: "every frame"}, Covered},
		"seen with one that is judged in passing": {
			"6455-5.3-1", Coverage{Via: []Link{{Requirement: "6455-5.1-1", Watched: "every frame"}}}, Covered},
		"nothing":                        {"6455-5.6-3", Coverage{}, Missing},
		"nothing, for a reason":          {"6455-2-1", Coverage{Exemption: ExemptionOf("6455-2-1")}, NotTestable},
		"nothing, until there is a test": {"6455-5.4-12", Coverage{Exemption: ExemptionOf("6455-5.4-12")}, Planned},
		"nothing, in a whole document":   {"8441-5-15", Coverage{Exemption: ExemptionOf("8441-5-15")}, Planned},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r, ok := FindRequirement(test.id)
			if !ok {
				t.Fatalf("there is no requirement %q", test.id)
			}
			test.want.Requirement = r
			got := Cover(all, []Requirement{r})[0]
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got.Status() != test.status {
				t.Errorf("status %v, want %v", got.Status(), test.status)
			}
		})
	}
}

func TestHalfOfARequirementForBothIsTold(t *testing.T) {
	r := []Requirement{{ID: "6455-5.4-10", Role: ForEndpoint}, {ID: "6455-5.1-2", Role: ForServer}}
	table := Cover([]Case{named("a/server", Server, "6455-5.4-10", "6455-5.1-2")}, r)
	if side, half := table[0].Half(); side != Server || !half {
		t.Errorf("%v %v for an endpoint, want the server alone", side, half)
	}
	if _, half := table[1].Half(); half {
		t.Error("a requirement for servers is half tested by a case for servers")
	}
}

func TestTheCasesOfARequirementStandOnce(t *testing.T) {
	c := Coverage{Direct: refs("b", "a"), Via: []Link{{Cases: refs("a", "c")}, {Cases: refs("c")}}}
	if diff := cmp.Diff(refs("b", "a", "c"), c.Cases()); diff != "" {
		t.Error(diff)
	}
}

// What the tables say of themselves; that no entry is stale is for package spec,
// which fails where cases and tables depart from each other.
func TestReasonsAreGivenOnceAndInOneLine(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range Exemptions() {
		if _, ok := FindRequirement(e.ID); !ok || seen[e.ID] {
			t.Errorf("%s is no requirement, or stands twice", e.ID)
		}
		seen[e.ID] = true
		if len(e.Reason) < 10 || len(e.Reason) > 120 || e.Kind == "" {
			t.Errorf("%s: %q, %q is no reason of one line", e.ID, e.Kind, e.Reason)
		}
	}
	for id := range Watched() {
		if _, ok := FindRequirement(id); !ok || seen[id] {
			t.Errorf("%s is watched, and is no requirement or has an exemption", id)
		}
	}
}

func TestPermissionsAreOnlyOfWhatIsNoDuty(t *testing.T) {
	for _, e := range Exemptions() {
		r, _ := FindRequirement(e.ID)
		if e.Kind == Permission && (r.Level == Must || r.Level == MustNot) && e.ID != "6455-11.3.2-2" {
			t.Errorf("%s is a %s, and no permission", e.ID, r.Level)
		}
	}
}

func TestTheBestVerdict(t *testing.T) {
	tests := map[string]struct {
		steps []Step
		want  Verdict
	}{
		"nothing expected":        {steps(Alive()), Pass},
		"a pass among others":     {steps(Expect(End()).OrInfo(Closes())), Pass},
		"info alone":              {steps(Expectation{}.OrInfo(End()).OrFail(Pong(""))), Info},
		"info behind a pass":      {steps(Expect(Pong("")), Expectation{}.OrInfo(End())), Info},
		"info in a repetition":    {steps(Repeat(2, Expectation{}.OrInfo(End()))), Info},
		"lax, which none can get": {steps(Expectation{}.OrLax(End())), Lax},
	}
	for name, test := range tests {
		if got := (&Case{Steps: test.steps}).Best(); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}
