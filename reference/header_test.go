package reference

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTokenHasExactlyTheCharactersOfTheGrammar(t *testing.T) {
	const legal = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for c := range 256 {
		s := string([]byte{byte(c)})
		if got, want := isToken(s), strings.Contains(legal, s) && c < 0x80; got != want {
			t.Errorf("isToken(%q) = %v", s, got)
		}
	}
	if isToken("") {
		t.Error("the empty string is no token")
	}
}

func TestEqualFoldKnowsTheCaseOfASCIIAlone(t *testing.T) {
	for _, s := range []string{"WebSocket", "WEBSOCKET", "wEbSoCkEt"} {
		if !equalFold(s, "websocket") {
			t.Errorf("%q is websocket", s)
		}
	}
	for _, s := range []string{"web\u017focket", "websoc\u212aet", "websocket ", "", "web@ocket"} {
		if equalFold(s, "websocket") {
			t.Errorf("%q is not websocket", s)
		}
	}
}

func TestParseTokens(t *testing.T) {
	tests := []struct {
		lines []string
		want  []string // nil: not a list of tokens
	}{
		{[]string{"chat"}, []string{"chat"}},
		{[]string{"chat,superchat"}, []string{"chat", "superchat"}},
		{[]string{"chat ,\tsuperchat"}, []string{"chat", "superchat"}},
		{[]string{",chat,,"}, []string{"chat"}},
		{[]string{"chat", "superchat, x"}, []string{"chat", "superchat", "x"}},
		{[]string{"", "chat"}, []string{"chat"}},
		{[]string{"!#$%&'*+-.^_`|~09azAZ"}, []string{"!#$%&'*+-.^_`|~09azAZ"}},
		{nil, nil},
		{[]string{""}, nil},
		{[]string{" "}, nil},
		{[]string{","}, nil},
		{[]string{"a b"}, nil},
		{[]string{"a/b"}, nil},
		{[]string{"chat;v=1"}, nil},
		{[]string{`"chat"`}, nil},
		{[]string{"ch(at)"}, nil},
		{[]string{"caf\xc3\xa9"}, nil},
		{[]string{"chat\x00"}, nil},
		{[]string{"\u00a0chat"}, nil},
	}
	for _, tt := range tests {
		got, ok := parseTokens(tt.lines)
		if ok != (tt.want != nil) || ok && !cmp.Equal(got, tt.want) {
			t.Errorf("parseTokens(%q) = %q, %v", tt.lines, got, ok)
		}
		if ok {
			again, _ := parseTokens([]string{string(appendTokens(nil, got))})
			if diff := cmp.Diff(got, again); diff != "" {
				t.Errorf("appended and parsed: %s", diff)
			}
		}
	}
}

func TestHasTokenComparesWholeElements(t *testing.T) {
	for _, lines := range [][]string{
		{"upgrade"}, {"UPGRADE"}, {"keep-alive, Upgrade"}, {"Upgrade, keep-alive"}, {"keep-alive,Upgrade"},
		{"keep-alive ,\tupgrade"}, {", ,Upgrade,"}, {"keep-alive", "Upgrade"},
	} {
		if !hasToken(lines, "upgrade") {
			t.Errorf("%q has the option", lines)
		}
	}
	for _, lines := range [][]string{
		nil, {""}, {"close"}, {"keep-alive"}, {"Upgraded"}, {"xUpgrade"}, {"Up-grade"}, {"Upgrade;x"}, {`"Upgrade"`},
	} {
		if hasToken(lines, "upgrade") {
			t.Errorf("%q has not the option", lines)
		}
	}
}

func TestQuotedString(t *testing.T) {
	for _, tt := range []struct{ in, value, rest string }{
		{`"10"`, "10", ""},
		{`"\10"; x`, "10", "; x"},
		{`"" y`, "", " y"},
		{`"a\"b\\c"`, `a"b\c`, ""},
		{"\"tab\tand \xe9\"", "tab\tand \xe9", ""},
		{`"one" "two"`, "one", ` "two"`},
	} {
		value, rest, ok := parseQuoted(tt.in)
		if !ok || value != tt.value || rest != tt.rest {
			t.Errorf("parseQuoted(%q) = %q, %q, %v", tt.in, value, rest, ok)
		}
		if again, _, ok := parseQuoted(string(appendQuoted(nil, value))); !ok || again != value {
			t.Errorf("appended and parsed: %q becomes %q", value, again)
		}
	}
	for _, in := range []string{``, `x`, `"`, `"a`, `"\`, `"a\"`, "\"\x00\"", "\"\\\x00\"", "\"\x7f\""} {
		if _, rest, ok := parseQuoted(in); ok || rest != in {
			t.Errorf("parseQuoted(%q) should fail and take nothing", in)
		}
	}
}

func TestQuotedStringThatIsCutOffIsNone(t *testing.T) {
	whole := string(appendQuoted(nil, `a "quoted" \ value`))
	for n := range len(whole) {
		if _, _, ok := parseQuoted(whole[:n]); ok {
			t.Errorf("parseQuoted(%q) should fail", whole[:n])
		}
	}
}
