package cases

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// globByTrying tries everything that a wildcard can stand for.
func globByTrying(pattern, name string) bool {
	switch {
	case pattern == "":
		return name == ""
	case strings.HasPrefix(pattern, "**"):
		return globByTrying(pattern[2:], name) || name != "" && globByTrying(pattern, name[1:])
	case pattern[0] == '*':
		return globByTrying(pattern[1:], name) || name != "" && name[0] != '/' && globByTrying(pattern, name[1:])
	}
	return name != "" && name[0] == pattern[0] && globByTrying(pattern[1:], name[1:])
}

func TestWildcardsStandForAnythingThatFits(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	word := func(letters string, most int) string {
		b := make([]byte, random.IntN(most+1))
		for i := range b {
			b[i] = letters[random.IntN(len(letters))]
		}
		return string(b)
	}
	fits := 0
	for range 200_000 {
		pattern, name := word("ab/**", 8), word("aab/", 10)
		want := globByTrying(pattern, name)
		if got := glob(pattern, name); got != want {
			t.Fatalf("glob(%q, %q) is %v", pattern, name, got)
		}
		if want {
			fits++
		}
	}
	if fits < 10_000 {
		t.Errorf("only %d names fit: the test shows little", fits)
	}
}

func TestManyWildcardsTakeLittleTime(t *testing.T) {
	if glob(strings.Repeat("**a*a", 200)+"b", strings.Repeat("a", 2000)) {
		t.Error("b found")
	}
}
