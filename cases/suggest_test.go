package cases

import (
	"slices"
	"testing"
)

func TestNearestIsTheLikeliestWord(t *testing.T) {
	words := []string{"text", "binary", "ping", "pong", "close"}
	tests := map[string]string{"txet": "text", "tex": "text", "TEXT": "text", "pin": "ping", "colse": "close", "xyz": "", "x": "", "": ""}
	for word, want := range tests {
		if got := nearest(word, words); got != want {
			t.Errorf("nearest(%q) is %q, want %q", word, got, want)
		}
	}
	if got := nearestOf("pang", words, 5); !slices.Equal(got, []string{"ping", "pong"}) {
		t.Errorf("near to pang is %q", got)
	}
}
