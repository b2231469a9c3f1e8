package main

import (
	"regexp"
	"testing"
)

// Autobahn's patterns begin where the number does, and need not reach its end.
func TestSpecPatterns(t *testing.T) {
	tests := []struct {
		pattern, id  string
		whole, match bool
	}{
		{"*", "9.1.1", false, true},
		{"1.*", "1.1.1", false, true},
		{"1.*", "10.1.1", false, false},
		{"1*", "13.1.1", false, true},
		{"7.1*", "7.13.1", false, true},
		{"*.1", "1.1.8", false, true},
		{"*.1", "1.1.8", true, false},
		{"1.1", "1.1.1", false, false},
		{"1.1.1", "1.1.1", false, true},
		{"1.1.1", "1.1.11", false, false},
		{"1?1*", "1.1.1", false, false},
		{"lib*/[1]", "library/[1]", true, true},
	}
	for _, test := range tests {
		if got := specPattern(test.pattern, test.whole).MatchString(test.id); got != test.match {
			t.Errorf("%q fits %q (whole: %v): %v", test.pattern, test.id, test.whole, got)
		}
	}
}

// Whatever stands in a spec file, it is read, or there is an error with a place.
func FuzzSpecFile(f *testing.F) {
	for _, s := range []string{
		"", " ", "{", "[]", "null", `{"cases": ["*"]}`, "\ufeff{\"cases\": [\"1.*\"]}", `{"cases": ["*"]} x`, `{"cases": ["*",]}`,
		`{"servers": [{"url": "ws://a", "options": {"version": 18}, "protocols": ["a"]}], "cases": ["é\n*"], "exclude-agent-cases": {"*": ["*"]}}`,
		`{"cases": {"a": []}}`, `{"servers": {}, "cases": []}`, `{"exclude-agent-cases": {"a": 1}, "cases": []}`, `{"outdir": "", "cases": []}`,
	} {
		f.Add(s)
	}
	place := regexp.MustCompile(`^[^\n]*spec\.json:[1-9][0-9]*:[1-9][0-9]*: .`)
	f.Fuzz(func(t *testing.T, text string) {
		const name = "spec.json"
		s := &specFile{}
		err := s.parse(name, []byte(text))
		if err != nil {
			if !place.MatchString(err.Error()) {
				t.Errorf("an error without a place: %v", err)
			}
			return
		}
		for _, server := range s.servers {
			if server.url == nil {
				t.Error("a server without a URL")
			}
		}
	})
}

func FuzzMassSpecFile(f *testing.F) {
	for _, s := range []string{
		"", "[]", `{"servers": [{"uri": "ws://a"}]}`, `{"servers": [{"uri": "ws://a", "name": "\u001b", "desc": 1}]}`, `{"options": {"connections": 1e3}}`,
		`{"options": {"connections": -1}}`, `{"options": {"batchdelay": 99999999999999999999}}`, `{"options": [], "servers": []}`, `{"servers": [{}]}`,
	} {
		f.Add(s)
	}
	place := regexp.MustCompile(`^[^\n]*spec\.json:[1-9][0-9]*:[1-9][0-9]*: .`)
	f.Fuzz(func(t *testing.T, text string) {
		s := &massSpec{}
		err := s.parse(new(autobahnFlags), "spec.json", []byte(text))
		if err != nil && !place.MatchString(err.Error()) {
			t.Errorf("an error without a place: %v", err)
		}
		if err == nil && len(s.servers) == 0 {
			t.Error("no server")
		}
	})
}
