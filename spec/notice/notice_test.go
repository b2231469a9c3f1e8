package notice

import (
	"cmp"
	"errors"
	"testing"

	"github.com/wsspec/wsspec/reference"
)

// The reference client is what tells which rule a fault breaks before a client.
func TestTheReferenceNoticesWhatThereIsARuleAbout(t *testing.T) {
	rows, err := Play(t.Context(), Strict{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		got := ""
		if v, ok := errors.AsType[*reference.Violation](r.Err); ok && r.Verdict == Noticed {
			got = v.Requirement
		} else if _, refused := errors.AsType[*reference.Refusal](r.Err); refused && r.Verdict == Noticed {
			got = "6455-4.1-43"
		}
		if want := minded()[r.Fault.ID].requirement; got != want {
			t.Errorf("%s: %s in the %s conversation, by %s, want %s; %v", r.Fault.ID, r.Outcome, r.Conversation, cmp.Or(got, "no rule"), cmp.Or(want, "none"), r.Err)
		}
	}
}

func TestEveryRuleIsOneOfARequirementAndAFault(t *testing.T) {
	for id := range minded() {
		if _, ok := RuleOf(id); !ok || reference.CheckFaults(reference.ServerSide, id) != nil {
			t.Errorf("%s: there is no such fault, or no such requirement", id)
		}
	}
}
