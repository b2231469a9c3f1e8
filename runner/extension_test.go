package runner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// written is an extension in the notation of the header field.
func (x extension) written() string {
	s := x.name
	for _, p := range x.params {
		s += ";" + p.name
		if p.hasValue {
			s += "=" + p.value
		}
	}
	return s
}

func TestExtensionsAreParsed(t *testing.T) {
	for _, test := range []struct {
		values []string
		want   []string // nil for an error
	}{
		{[]string{"a"}, []string{"a"}},
		{[]string{"a, b"}, []string{"a", "b"}},
		{[]string{"a", "b"}, []string{"a", "b"}}, // in two fields
		{[]string{" a ; b = c ; d\t,\te"}, []string{"a;b=c;d", "e"}},
		{[]string{`a;b="c"`}, []string{"a;b=c"}},
		{[]string{`a;b="\c\d"`}, []string{"a;b=cd"}},
		{[]string{"a,,b,"}, []string{"a", "b"}}, // empty elements (RFC 9110, section 5.6.1)
		{[]string{"a;b=1;b=2"}, []string{"a;b=1;b=2"}},
		{[]string{""}, nil},
		{[]string{" , "}, nil},
		{nil, nil},
		{[]string{"a;"}, nil},
		{[]string{"a;b="}, nil},
		{[]string{"a=b"}, nil},
		{[]string{"a b"}, nil},
		{[]string{`a;b=""`}, nil},
		{[]string{`a;b="c d"`}, nil},
		{[]string{`a;b="c`}, nil},
		{[]string{`a;b="c\`}, nil},
		{[]string{`a;b="c"d`}, nil},
		{[]string{`"a"`}, nil},
		{[]string{"ä"}, nil},
		{[]string{`a;b="ä"`}, nil},
	} {
		list, err := parseExtensions(test.values)
		var got []string
		for _, x := range list {
			got = append(got, x.written())
		}
		if test.want == nil {
			if err == nil {
				t.Errorf("%q is parsed as %q", test.values, got)
			}
			continue
		}
		if d := cmp.Diff(test.want, got); d != "" || err != nil {
			t.Errorf("%q: %v\n%s", test.values, err, d)
		}
	}
}

func FuzzParseExtensions(f *testing.F) {
	for _, s := range []string{"a", `permessage-deflate; client_max_window_bits="10", x;y`, `a;b="\"`, ",;=", "a;b=c\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		list, err := parseExtensions([]string{s})
		if err != nil {
			return
		}
		var parts []string
		for _, x := range list {
			parts = append(parts, x.written())
		}
		again, err := parseExtensions(parts)
		if err != nil || fmt.Sprint(again) != fmt.Sprint(list) {
			t.Errorf("%q is %v, and written as %q %v (%v)", s, list, strings.Join(parts, ","), again, err)
		}
	})
}
