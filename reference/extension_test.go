package reference

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParseExtensions(t *testing.T) {
	plain := []Extension{{Name: "permessage-deflate"}}
	bits := []Extension{{Name: "permessage-deflate", Params: []Param{{"client_max_window_bits", "10", true}}}}
	tests := []struct {
		value string
		want  []Extension
	}{
		{"permessage-deflate", plain},
		{", permessage-deflate ,,", plain},
		{"permessage-deflate; client_max_window_bits=10", bits},
		{` permessage-deflate ; client_max_window_bits = "1\0" `, bits},
		{"permessage-deflate;client_max_window_bits", []Extension{{"permessage-deflate", []Param{{Name: "client_max_window_bits"}}}}},
		{`x; y=",permessage-deflate; client_max_window_bits,"`,
			[]Extension{{"x", []Param{{"y", ",permessage-deflate; client_max_window_bits,", true}}}}},
		{`x ; a ; b = 1 ,	permessage-deflate`, []Extension{{"x", []Param{{Name: "a"}, {"b", "1", true}}}, {Name: "permessage-deflate"}}},
		{`x; a=""`, []Extension{{"x", []Param{{"a", "", true}}}}},
	}
	for _, tt := range tests {
		got, err := ParseExtensions(tt.value)
		if err != nil {
			t.Errorf("ParseExtensions(%q): %v", tt.value, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("ParseExtensions(%q): %s", tt.value, diff)
		}
		again, err := ParseExtensions(string(AppendExtensions(nil, got)))
		if err != nil || !cmp.Equal(got, again) {
			t.Errorf("appended and parsed: %v, %v", again, err)
		}
	}
}

func TestMalformedExtensionListIsRefused(t *testing.T) {
	for _, value := range []string{
		"", " ", ";", ",", "permessage-deflate;", "permessage-deflate; ", "; client_max_window_bits",
		"permessage-deflate; =1", "permessage-deflate; server_max_window_bits=",
		"permessage-deflate server_max_window_bits=10", "permessage deflate",
		"permessage-deflate;;client_max_window_bits", "permessage-deflate; client_max_window_bits==10",
		`x; a="unterminated`, `x; a="\`, `x; a="b"c`, "foo;=1", "foo; bar=", "caf\xc3\xa9", "x;\x00", "x=1", `"x"`,
		"x; a b", "x, y z", "x; a=(",
	} {
		if list, err := ParseExtensions(value); err == nil {
			t.Errorf("ParseExtensions(%q) = %v", value, list)
		}
	}
}

func TestExtensionListThatIsCutOffIsShorterOrAnError(t *testing.T) {
	const whole = `permessage-deflate; server_max_window_bits="1\0"; client_max_window_bits, x-y; a=b`
	want, err := ParseExtensions(whole)
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(whole) {
		list, err := ParseExtensions(whole[:n])
		if err == nil && cmp.Equal(list, want) {
			t.Errorf("%q reads like the whole", whole[:n])
		}
	}
}

func TestParamTellsWhetherItsValueIsAToken(t *testing.T) {
	for _, tt := range []struct {
		param Param
		want  bool
	}{
		{Param{Name: "a"}, true},
		{Param{"a", "10", true}, true},
		{Param{"a", "", true}, false},
		{Param{"a", "b c", true}, false},
		{Param{"a", `b"c`, true}, false},
	} {
		if got := tt.param.IsToken(); got != tt.want {
			t.Errorf("%+v: %v", tt.param, got)
		}
	}
}

// Patterns that made other parsers go through their input once per octet:
// CVE-2020-7662 and CVE-2021-32640.
func TestHostileListsTakeLinearTime(t *testing.T) {
	const many = 200_000
	start := time.Now()
	for _, value := range []string{
		`x; b="` + strings.Repeat(`\c`, many),
		strings.Repeat("a,", many),
		"x" + strings.Repeat("; a", many),
		"b" + strings.Repeat(" ", many) + "x",
		strings.Repeat(" ,", many),
		strings.Repeat(`x; y="`, many),
	} {
		ParseExtensions(value)
		parseTokens([]string{value})
		hasToken([]string{value}, "upgrade")
		parseQuoted(`"` + value)
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("took %v", d)
	}
}
