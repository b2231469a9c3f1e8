package cases

import (
	"slices"
	"strings"
	"testing"
)

func TestRobustStrictReceiverPassesEveryConversation(t *testing.T) {
	for _, c := range slices.Concat(robustPieces(), robustRows(), robustConnections(), robustScripts()) {
		for _, role := range framingRoles(c) {
			if c.ID == "robust/reset-on-100-connections" || c.ID == "robust/thousand-without-waiting" {
				continue // the simulation gives all that it has heard to the next expectation
			}
			if got, at := framingPlay(c, &framingPeer{server: role == Server}); got != Pass {
				t.Errorf("%s: strict peer gets verdict %d at step %d", c.ID, got, at)
			}
		}
	}
}

func TestRobustConversationsAreTheSameEveryTime(t *testing.T) {
	for i, c := range robustScripts() {
		if Format(c) != Format(robustScripts()[i]) {
			t.Errorf("%s differs", c.ID)
		}
	}
}

func TestRobustConversationsHaveEveryKindOfFrame(t *testing.T) {
	var all strings.Builder
	for _, c := range robustScripts() {
		all.WriteString(Format(c))
	}
	for _, word := range []string{"> text", "> binary", "> cont", "> ping", "> pong", " part", "chop=", "< pong", "< text", "< binary"} {
		if !strings.Contains(all.String(), "\n"+word) && !strings.Contains(all.String(), word) {
			t.Errorf("no conversation has %q", word)
		}
	}
}

func TestRobustFlipsChangeOneBitEach(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range robustFlips() {
		octets := string(c.Steps[0].(SendStep).Frames[0].Payload.Append(nil, 0))
		if seen[octets] {
			t.Errorf("%s sends what another case sends", c.ID)
		}
		seen[octets] = true
	}
	if len(seen) != 32 {
		t.Errorf("%d cases", len(seen))
	}
}

func TestRobustCasesAreValid(t *testing.T) {
	for _, err := range ValidateAll(robustCases()) {
		t.Error(err)
	}
}
