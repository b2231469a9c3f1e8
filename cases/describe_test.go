package cases

import (
	"strings"
	"testing"
	"time"
)

func TestAnExpectationIsToldInWords(t *testing.T) {
	const noClose, noResponse = "end of TCP without a close frame", "another refusal; or end of TCP without a response"
	tests := []struct {
		e             Expectation
		expected, lax string
	}{
		{FailsWith(1002), "close 1002, then end of TCP", noClose},
		{FailsWith(1002, 1007, 1009), "close 1002, 1007 or 1009, then end of TCP", noClose},
		{Expect(Maybe(Text("first")), Fail(1002)), `perhaps text "first", then close 1002, then end of TCP`, noClose},
		{FailsWith(1002).OrLax(Text("Hello")), "close 1002, then end of TCP", noClose + `; or text "Hello"`},
		{FailsWith(1002).Or(Fail(1009)), "close 1002, then end of TCP; or close 1009, then end of TCP", noClose},
		{FailsWith(1007).ElseLax(), "close 1007, then end of TCP", noClose + "; or no reaction so far"},
		{FailsWith(1002).OrFail(Text("a")).OrInfo(End()), "close 1002, then end of TCP", noClose},
		{Expect(Closes(1000, NoCode), End()), "close 1000 or without a code, then end of TCP", ""},
		{Expect(Closes(NoCode)), "close without a code", ""},
		{Expect(Closes(), Anything()), "close with any legal code, then anything", ""},
		{Expect(Wait()).For(500 * time.Millisecond), "no reaction for 500ms", ""},
		{Expect(End()).For(2 * time.Second), "end of TCP, within 2s", ""},
		{Expectation{}.OrInfo(End()).OrLax(Wait()), "end of TCP", "no reaction"},
		{Expect(Pong(""), Text("a")), `pong without payload, then text "a"`, ""},
		{Expect(Refuse(4, 501)), "HTTP 4xx or 501 instead of 101", noResponse},
		{Expect(Answer(101)), "HTTP 101", ""},
		{
			Expect(Answer(101).With("Connection", "Upgrade").Equal("X", "y").Without("Z")).OrLax(Refuse(400)),
			`HTTP 101 with "Upgrade" in Connection, with X "y" and without Z`, "HTTP 400 instead of 101",
		},
	}
	for _, tt := range tests {
		expected, lax := Describe(tt.e)
		if expected != tt.expected || lax != tt.lax {
			t.Errorf("%s\n got %s  (lax: %s)\nwant %s  (lax: %s)", FormatStep(tt.e), expected, lax, tt.expected, tt.lax)
		}
	}
}

func TestAFrameIsToldInWords(t *testing.T) {
	tests := []struct {
		f    Frame
		want string
	}{
		{Text("Hello"), `text "Hello"`},
		{Binary("\x00\xff"), `binary "\x00\xff"`},
		{Text("frag").Part().WithRSV(5), `text "frag", not final, RSV1 set, RSV3 set`},
		{Cont("").Unmasked(), `continuation without payload, not masked`},
		{Op(3, "a"), `reserved opcode 3 "a"`},
		{Raw("GET"), `octets "GET"`},
		{CloseFrame(1005).Masked().WithKey("37fa213d"), `close 1005, masked, key 37fa213d`},
		{CloseFrame(1000, Lit("bye")), `close 1000 "bye"`},
		{CloseBody(""), `close without a code`},
		{CloseBody("\x03"), `close with the body "\x03"`},
		{Ping("").InForm(Length16).Claiming(1), `ping without payload, length in 16 bits, claiming 1 octet`},
		{Pong("a").InForm(Length64).Chopped(1), `pong "a", length in 64 bits, in pieces of 1 octet`},
		{Text("a").Cut(1, 2).Only(3).Deflate(), `text "a", cut at 1,2, only its first 3 octets, compressed`},
		{TextOf(Fill("*", MaxPayload)), `text "` + strings.Repeat("*", 40) + `"... (1073741824 octets)`},
		{TextOf(Fill("κ", 100)), `text "` + strings.Repeat("κ", 40) + `"... (100 octets)`},
		{Binary(strings.Repeat("\xff", 11)), `binary "` + strings.Repeat(`\xff`, 10) + `"... (11 octets)`},
		{BinaryOf(Random(1000, 1)), `binary 1000 random octets`},
		{BinaryOf(Join(Random(1000, 1), Lit("a"))), `binary random octets (1001 octets)`},
		{BinaryOf(Join(Lit("a"), Lit("b"), Random(1000, 1))), `binary "ab"... (1002 octets)`},
		{TextOf(Join(Lit("a"), Lit("b"))), `text "ab"`},
	}
	for _, tt := range tests {
		if got := DescribeFrame(tt.f); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

// Whatever the model has can be told, at a length that fits a line or two.
func TestDescriptionsAreShort(t *testing.T) {
	g := newGenerator(4)
	for range 1000 {
		if s := DescribeFrame(g.frame()); len(s) > 400 {
			t.Errorf("%d octets: %s", len(s), s)
		}
		for _, e := range g.events() {
			if s := DescribeEvent(e); strings.Contains(s, "unknown") {
				t.Error(s)
			}
		}
	}
}
