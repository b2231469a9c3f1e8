package reference

import (
	"testing"
	"unicode/utf8"
)

func TestUTF8FailsAtTheFirstImpossibleOctet(t *testing.T) {
	tests := []struct {
		text string
		at   int // octets after which it is known to be bad
	}{
		{"a\x80", 2},
		{"\xc0", 1},
		{"\xc1", 1},
		{"\xf5", 1},
		{"\xff", 1},
		{"\xe0\x80", 2},
		{"\xe0\x9f", 2},
		{"\xed\xa0", 2},
		{"\xed\xbf", 2},
		{"\xf0\x8f", 2},
		{"\xf4\x90", 2},
		{"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited", 13},
		{"\xe2\x82a", 3},
		{"\xf0\x9f\x98a", 4},
		{"\xc3\xc3", 2},
		{"\xe2\xe2", 2},
	}
	for _, test := range tests {
		for split := range test.at + 1 {
			var s utf8Stream
			ok := s.feed([]byte(test.text[:split]))
			if split < test.at && !ok {
				t.Errorf("%x: refused after %d octets, want %d", test.text, split, test.at)
			}
			if ok && s.feed([]byte(test.text[split:test.at])) {
				t.Errorf("%x cut at %d: still taken after %d octets", test.text, split, test.at)
			}
		}
	}
}

func TestUTF8TakesAllCharactersHoweverTheyAreCut(t *testing.T) {
	text := "\x00\x7f\u0080\u07ff\u0800\ud7ff\ue000\ufffd\ufffe\uffff\U00010000\U0001fffe\U0010ffff\ufeffend"
	for i := range len(text) {
		for j := i; j <= len(text); j++ {
			var s utf8Stream
			ok := s.feed([]byte(text[:i])) && s.feed([]byte(text[i:j])) && s.feed([]byte(text[j:]))
			if !ok || !s.complete() {
				t.Fatalf("cut at %d and %d: %v, complete %v", i, j, ok, s.complete())
			}
		}
		var s utf8Stream
		if s.feed([]byte(text[:i])); s.complete() != utf8.ValidString(text[:i]) {
			t.Errorf("the first %d octets: complete %v", i, s.complete())
		}
	}
}

func FuzzUTF8(f *testing.F) {
	f.Add([]byte("größe €\U0001f600"), 3, 5)
	f.Add([]byte("\xe2\x82"), 1, 1)
	f.Fuzz(func(t *testing.T, p []byte, i, j int) {
		i = min(max(i, 0), len(p))
		j = min(max(j, i), len(p))
		var s utf8Stream
		ok := s.feed(p[:i]) && s.feed(p[i:j]) && s.feed(p[j:]) && s.complete()
		if ok != utf8.Valid(p) {
			t.Fatalf("%x cut at %d and %d: %v", p, i, j, ok)
		}
	})
}
