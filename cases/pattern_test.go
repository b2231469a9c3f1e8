package cases

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// few are cases to select from.
func few() []Case {
	return []Case{
		{ID: "handshake/host/missing", Refs: refs("6455-4.2.1-5", "9112-3.2-1"), Alias: []string{"opening/no-host"}},
		{ID: "fragment/ping-between", Refs: refs("6455-5.4-9"), Alias: autobahn("5.6")},
		{ID: "control/ping-long", Refs: refs("6455-5.5-1"), Alias: autobahn("2.5")},
		{ID: "close/code-1005-on-the-wire", Refs: refs("6455-7.4.1-5"), Alias: autobahn("7.9.4")},
		{ID: "close/code/3000", Refs: refs("6455-7.4.2-1"), Alias: autobahn("7.7.1", "7.7.10")},
		{ID: "whatwg/close", Refs: refs("whatwg-3.1-2", "6455-5.4-10")},
	}
}

func TestPatternsSelectCases(t *testing.T) {
	tests := map[string]string{ // pattern: numbers of the cases
		"fragment/ping-between":  "1",
		"close/*":                "3",
		"close/**":               "3 4",
		"close/code*":            "3",
		"close/code**":           "3 4",
		"**/ping-*":              "1 2",
		"**":                     "0 1 2 3 4 5",
		"*/*":                    "0 1 2 3 5",
		"*/*/*":                  "0 4",
		"handshake/*/missing":    "0",
		"opening/no-host":        "0",
		"opening/*":              "0",
		"6455":                   "0 1 2 3 4 5",
		"6455-5":                 "1 2 5",
		"6455-5.4":               "1 5",
		"6455-5.4-9":             "1",
		"6455-5.4-1":             "",
		"6455-7.4":               "3 4",
		"9112":                   "0",
		"whatwg":                 "5",
		"whatwg-3.1":             "5",
		"whatwg/close":           "5",
		"whatwg/*":               "5",
		"autobahn:5.6":           "1",
		"autobahn:7.*":           "3 4",
		"autobahn:7.7.1":         "4",
		"autobahn:*":             "1 2 3 4",
		"autobahn:**":            "1 2 3 4",
		"close":                  "",
		"close/":                 "",
		"ping-between":           "",
		"FRAGMENT/ping-between":  "",
		"fragment/ping-between*": "1",
	}
	all := few()
	for text, want := range tests {
		s, err := Compile(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var got []string
		for i := range all {
			if s.Match(&all[i]) {
				got = append(got, fmt.Sprint(i))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s selects %s, want %s", text, got, want)
		}
		if err := s.Check(all); (err == nil) != (want != "") {
			t.Errorf("%s: Check says %v", text, err)
		}
	}
}

func TestSelectKeepsTheOrderAndLeavesOutWhatIsSkipped(t *testing.T) {
	tests := []struct{ patterns, skip, want string }{
		{"", "", "handshake/host/missing fragment/ping-between control/ping-long close/code-1005-on-the-wire close/code/3000 whatwg/close"},
		{"close/** control/*", "", "control/ping-long close/code-1005-on-the-wire close/code/3000"},
		{"close/** 6455-7", "autobahn:7.9.*", "close/code/3000"},
		{"", "6455", ""},
		{"close/*", "close/**", ""},
	}
	for _, tt := range tests {
		selected, err := Select(few(), strings.Fields(tt.patterns), strings.Fields(tt.skip))
		if (err == nil) != (tt.want != "") {
			t.Errorf("%+v: %v", tt, err)
		}
		var ids []string
		for _, c := range selected {
			ids = append(ids, c.ID)
		}
		if got := strings.Join(ids, " "); got != tt.want {
			t.Errorf("%+v: got %s", tt, got)
		}
	}
}

func TestAPatternThatNothingFitsIsAnError(t *testing.T) {
	tests := map[string]string{
		"close":             `pattern "close" matches no case (did you mean close/**?)`,
		"close/":            `(did you mean close/**?)`,
		"close/code":        `(did you mean close/code/**?)`,
		"clsoe":             `(did you mean close/**?)`,
		"clsoe/**":          `(did you mean close/**?)`,
		"clsoe/code-*":      `(did you mean close/** or close/code/**?)`,
		"fragment/ping":     `(did you mean fragment/ping-between or fragment/**?)`,
		"ping-":             `(did you mean fragment/ping-between or control/ping-long?)`,
		"*/*1005":           `(did you mean close/code-1005-on-the-wire?)`,
		"control/pong-long": `(did you mean control/ping-long?)`,
		"autobahn:5.66":     `(did you mean autobahn:5.6,`,
		"6455-10.3":         `pattern "6455-10.3" matches no case: none proves anything of it`,
		"7692-3":            `matches no case: none proves anything of it`,
		"1234-5":            `pattern "1234-5" matches no case`,
		"6455-77":           `(did you mean 6455?)`,
		"6455-5.4-99":       `(did you mean 6455-5.4-9`,
		"zzzzzzzzzz":        `pattern "zzzzzzzzzz" matches no case`,
	}
	for text, want := range tests {
		for _, err := range []error{
			second(Select(few(), []string{"close/**", text}, nil)),
			second(Select(few(), nil, []string{text})),
		} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got %v, want %s", text, err, want)
			}
		}
	}
}

func second(_ []Case, err error) error { return err }

func TestWhatIsNoPatternIsRefused(t *testing.T) {
	tests := map[string]string{
		"":           `pattern "" is empty`,
		"a,b":        `pattern "a,b" holds ','`,
		"close/?":    `holds '?'`,
		"a b":        `holds ' '`,
		"close/κ":    `holds 'κ'`,
		"\xff":       `holds '�'`,
		"a***":       `holds ***`,
		"6455-5.*":   `pattern "6455-5.*" has a wildcard in a section; 6455-5 is all that is in it and below it`,
		"whatwg-*":   `whatwg is all`,
		"@not-there": `reading patterns: open not-there`,
	}
	for text, want := range tests {
		if _, err := Compile("close/**", text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestPatternsAreReadFromFiles(t *testing.T) {
	name := filepath.Join(t.TempDir(), "patterns")
	write := func(text string) {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("\ufeff# what is known\r\n\r\n  close/*  # since 1.2\r\nautobahn:5.6\r\n")
	if selected, err := Select(few(), []string{"@" + name}, nil); err != nil || len(selected) != 2 {
		t.Errorf("got %d cases, %v", len(selected), err)
	}
	write("close/*\nclsoe\n")
	if _, err := Select(few(), []string{"@" + name}, nil); err == nil || !strings.HasPrefix(err.Error(), name+":2: pattern \"clsoe\"") {
		t.Errorf("a pattern that nothing fits: %v", err)
	}
	write("a b\n@" + name + "\n")
	_, err := Compile("@" + name)
	want := name + ":1: pattern \"a b\" holds ' '; no id does, and the wildcards are * and **\n" +
		name + ":2: @" + name + ": a file of patterns names no other file"
	if fmt.Sprint(err) != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
	write(strings.Repeat("a b\n", 1000))
	if _, err := Compile("@" + name); err == nil || strings.Count(err.Error(), "\n") != maxFaults {
		t.Errorf("got %.100v, want %d errors and one that ends them", err, maxFaults)
	}
	write(strings.Repeat("#", MaxSource+1))
	if _, err := Compile("@" + name); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("more than the %d octets", MaxSource)) {
		t.Errorf("a file that is too large: %v", err)
	}
	write("")
	if _, err := Select(few(), nil, []string{"@" + name}); err != nil {
		t.Errorf("a file without patterns to skip: %v", err)
	}
}

func BenchmarkSelect(b *testing.B) {
	all := manyCases()
	var patterns []string
	for i := range 500 {
		patterns = append(patterns, all[i].ID)
	}
	patterns = append(patterns, "fragment/**", "6455-5.4")
	for b.Loop() {
		if selected, err := Select(all, patterns, nil); err != nil || len(selected) != len(all) {
			b.Fatal(len(selected), err)
		}
	}
}
