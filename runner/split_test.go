package runner

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestACommandLineIsSplitWithoutAShell(t *testing.T) {
	for line, want := range map[string][]string{
		"a b":                           {"a", "b"},
		"  a\t b \n":                    {"a", "b"},
		"a 'b c' \"d e\"":               {"a", "b c", "d e"},
		`a '' ""`:                       {"a", "", ""},
		`a b'c'"d"e`:                    {"a", "bcde"},
		`a '\' "\"\\\n" \' b\ c`:        {"a", `\`, `"\\n`, "'", "b c"},
		"a $HOME `x` *? #b a&b":         {"a", "$HOME", "`x`", "*?", "#b", "a&b"},
		`a '|' "&&" \;`:                 {"a", "|", "&&", ";"},
		"ü 'ö ä'":                       {"ü", "ö ä"},
		`sh -c 'x "$1" | y' sh {url}`:   {"sh", "-c", `x "$1" | y`, "sh", "{url}"},
		`curl -H'Origin: http://x' {u}`: {"curl", "-HOrigin: http://x", "{u}"},
	} {
		got, err := SplitCommand(line)
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("%s: %v\n%s", line, err, d)
		}
	}
}

func TestACommandLineThatCannotBeSplitIsAnError(t *testing.T) {
	for line, want := range map[string]string{
		"":            "the command line is empty",
		" \n":         "the command line is empty",
		"a 'b":        `the quote ' is not closed: "b"`,
		`a "b\"`:      `the quote " is not closed: "b\""`,
		`a b\`:        "the command line ends in a backslash",
		"a\x00b":      "there is a NUL in the command line",
		"a {url} | b": "| is for a shell, and none reads the command line",
		"a && b":      "&& is for a shell",
		"a 2>&1":      "2>&1 is for a shell",
		"a; b ;":      "; is for a shell",
	} {
		if got, err := SplitCommand(line); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %q, %v, want %s", line, got, err, want)
		}
	}
}

// What is quoted is read as it was.
func FuzzQuotedWordsAreReadBack(f *testing.F) {
	f.Add("a", "b c")
	f.Add("", "'\"\\")
	f.Add("|", "{url}")
	f.Fuzz(func(t *testing.T, a, b string) {
		if strings.ContainsRune(a+b, 0) || strings.ToValidUTF8(a+b, "") != a+b {
			return
		}
		line := quoteWord(a) + " " + quoteWord(b)
		got, err := SplitCommand(line)
		if d := cmp.Diff([]string{a, b}, got); d != "" || err != nil {
			t.Errorf("%s: %v\n%s", line, err, d)
		}
	})
}
