package notice

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/wsspec/wsspec/reference"
)

// The reference client is what tells which rule a fault breaks before a client. That
// it minds no other fault is in the table of ci/peers.
func TestTheReferenceNoticesWhatThereIsARuleAbout(t *testing.T) {
	free := []string{"binary-refused", "text-as-binary", "unmasked-frames-accepted", "message-behind-close", "pong-payload-cut"}
	rows, err := Play(t.Context(), Strict{}, Options{Faults: append(free, slices.Sorted(maps.Keys(minded()))...)})
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
	n := CountRows(rows)
	if n.MustNoticed != n.Must || n.MayNoticed != n.May || n.Must+n.May != len(minded()) || n.Shown != n.Faults-1 {
		t.Errorf("counted %+v", n)
	}
}

// A client that does not look at a rule misses the fault that breaks it, and no other.
func TestAClientThatDoesNotLookMisses(t *testing.T) {
	rows, err := Play(t.Context(), careless{"accept-not-checked"}, Options{Faults: []string{"accept-constant", "frames-masked"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if want := r.Fault.ID == "accept-constant"; r.Missed() != want {
			t.Errorf("%s: %s, missed is %v", r.Fault.ID, r.Outcome, r.Missed())
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

func TestAClientThatDoesNotEchoIsUnfit(t *testing.T) {
	if _, err := Play(t.Context(), silent{}, Options{Patience: 1}); !errors.Is(err, ErrUnfit) {
		t.Errorf("got %v", err)
	}
}
