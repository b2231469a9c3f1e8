package reference

import (
	"strings"
	"testing"
)

func TestFaultsAreNamedOnceAndInWords(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Faults() {
		if seen[f.ID] {
			t.Errorf("two faults are called %s", f.ID)
		}
		seen[f.ID] = true
		if f.ID == "" || strings.Trim(f.ID, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" {
			t.Errorf("%q is not a name in small letters with hyphens", f.ID)
		}
		if f.Title == "" || strings.HasSuffix(f.Title, ".") || f.Title[0] >= 'A' && f.Title[0] <= 'Z' && !strings.HasPrefix(f.Title, "TCP") && !strings.HasPrefix(f.Title, "P") {
			t.Errorf("%s: %q is not a title", f.ID, f.Title)
		}
		if strings.Count(f.Requirement, "-") < 2 {
			t.Errorf("%s: %q is not a requirement", f.ID, f.Requirement)
		}
	}
}

func TestUnknownFaultsHaveAHint(t *testing.T) {
	for id, want := range map[string]string{
		"pong-payload-cutt": "did you mean pong-payload-cut?",
		"payload-cut":       "did you mean pong-payload-cut?",
		"frames-masked":     "one of a server, not of a client",
		"xxxxxxxxxxxxxxxxx": `unknown fault "xxxxxxxxxxxxxxxxx"`,
	} {
		if err := CheckFaults(ClientSide, id); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q in it", id, err, want)
		}
	}
	if err := CheckFaults(ServerSide, "pong-payload-cut", "frames-masked"); err != nil {
		t.Error(err)
	}
}
