package runner

import (
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
)

func newBuilder() *requestBuilder {
	return &requestBuilder{
		info: RequestInfo{Host: "h:81", Target: "/x?y"}, hostname: "h", port: "81",
		key: "KEY", chat: "chat", superchat: "superchat",
	}
}

const (
	baseStart = "GET /x?y HTTP/1.1\r\nHost: h:81\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
	baseline  = baseStart + "Sec-WebSocket-Key: KEY\r\nSec-WebSocket-Version: 13\r\n"
)

func TestEveryEditChangesTheBaseline(t *testing.T) {
	swap := func(old, new string) string {
		return strings.Replace(baseline, old, new, 1) + "\r\n"
	}
	for _, test := range []struct {
		name  string
		edits []cases.Edit
		want  string
	}{
		{"none", nil, baseline + "\r\n"},
		{"method", []cases.Edit{cases.Method("POST")}, swap("GET", "POST")},
		{"empty method", []cases.Edit{cases.Method("")}, swap("GET", "")},
		{"target", []cases.Edit{cases.Target("*")}, swap("/x?y", "*")},
		{"proto", []cases.Edit{cases.Proto("HTTP/1.0")}, swap("HTTP/1.1", "HTTP/1.0")},
		{"set a field that is there", []cases.Edit{cases.Set("upgrade", "h2c")}, swap("Upgrade: websocket", "upgrade: h2c")},
		{"set a field that is not", []cases.Edit{cases.Set("X", "y")}, baseline + "X: y\r\n\r\n"},
		{"set to nothing", []cases.Edit{cases.Set("Upgrade", "")}, swap("Upgrade: websocket", "Upgrade: ")},
		{"set to described octets", []cases.Edit{cases.SetOf("X", cases.Fill("ab", 3))}, baseline + "X: aba\r\n\r\n"},
		{"add a field twice", []cases.Edit{cases.Add("Upgrade", "h2c"), cases.Add("upgrade", "x")}, baseline + "Upgrade: h2c\r\nupgrade: x\r\n\r\n"},
		{"add described octets", []cases.Edit{cases.AddOf("X", cases.Join(cases.Lit("a"), cases.Fill("b", 2)))}, baseline + "X: abb\r\n\r\n"},
		{"drop", []cases.Edit{cases.Drop("sec-websocket-version")}, baseStart + "Sec-WebSocket-Key: KEY\r\n\r\n"},
		{"drop every field of the name", []cases.Edit{cases.Add("Host", "b"), cases.Drop("Host")}, swap("Host: h:81\r\n", "")},
		{"drop what is not there", []cases.Edit{cases.Drop("X")}, baseline + "\r\n"},
		{"set replaces the first of two", []cases.Edit{cases.Add("Host", "b"), cases.Set("Host", "c")}, strings.Replace(baseline, "h:81", "c", 1) + "Host: b\r\n\r\n"},
		{"octets behind the fields", []cases.Edit{cases.Octets("a\nb\r\n"), cases.Add("X", "y")}, baseline + "X: y\r\na\nb\r\n\r\n"},
		{"octets twice", []cases.Edit{cases.Octets("a\r\n"), cases.OctetsOf(cases.Fill("b", 2))}, baseline + "a\r\nbb\r\n"},
		{"line end", []cases.Edit{cases.LineEnd("\n")}, strings.ReplaceAll(baseline+"\r\n", "\r\n", "\n")},
		{"reversed", []cases.Edit{cases.Reversed()}, "GET /x?y HTTP/1.1\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: KEY\r\n" +
			"Connection: Upgrade\r\nUpgrade: websocket\r\nHost: h:81\r\n\r\n"},
		{"all", []cases.Edit{cases.Method("POST"), {Op: cases.SetAll, Value: cases.Lit("GET {target} {key}\n")}}, "GET /x?y KEY\n"},
		{"all, and nothing", []cases.Edit{{Op: cases.SetAll}}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := string(newBuilder().build(test.edits)); got != test.want {
				t.Errorf("sends\n%q, want\n%q", got, test.want)
			}
		})
	}
}

func TestPlaceholdersStandForWhatTheRunKnows(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"{host}", "h:81"}, {"{hostname}", "h"}, {"{port}", "81"}, {"{target}", "/x?y"}, {"{key}", "KEY"},
		{"{scheme}", "http"}, {"{chat}", "chat"}, {"{CHAT}", "CHAT"}, {"{superchat}", "superchat"},
		{"{chat}, {superchat}", "chat, superchat"}, {"a{chat}b", "achatb"},
		{"{Host}", "{Host}"}, {"{unknown}", "{unknown}"}, {"{chat", "{chat"}, {"{{chat}}", "{chat}"}, {"", ""},
	} {
		if got := newBuilder().expand(test.in); got != test.want {
			t.Errorf("%q becomes %q, want %q", test.in, got, test.want)
		}
	}
}

func TestPlaceholdersAreReplacedInNamesAndLiteralValues(t *testing.T) {
	b := newBuilder()
	got := string(b.build([]cases.Edit{
		cases.Add("X-{chat}", "{CHAT}"), cases.Octets("{host}\r\n"),
		cases.AddOf("Y", cases.Fill("{key}", 10)), // a pattern is octets as they are
	}))
	if want := baseline + "X-chat: CHAT\r\nY: {key}{key}\r\nh:81\r\n\r\n"; got != want {
		t.Errorf("sends\n%q, want\n%q", got, want)
	}
}

func TestAPlaceholderIsNotLookedForInWhatOneStoodFor(t *testing.T) {
	b := newBuilder()
	b.info.Target, b.chat = "/{key}", "{port}"
	if got := b.expand("{target} {chat}"); got != "/{key} {port}" {
		t.Errorf("becomes %q", got)
	}
}

func TestTheFieldsOfTheTargetGoWithEveryRequest(t *testing.T) {
	b := newBuilder()
	b.info.Fields = []Field{{"Cookie", "a=1"}, {"Cookie", "b=2"}, {"Origin", "http://o"}, {"Sec-WebSocket-Protocol", "mqtt"}}
	want := baseline + "Cookie: a=1\r\nCookie: b=2\r\nOrigin: http://o\r\nSec-WebSocket-Protocol: mqtt\r\n"
	if got := string(b.build(nil)); got != want+"\r\n" {
		t.Errorf("sends\n%q, want\n%q", got, want)
	}
	if got := string(b.build([]cases.Edit{cases.Set("Origin", "null"), cases.Drop("Cookie")})); got != baseline+"Origin: null\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n" {
		t.Errorf("edited, sends\n%q", got)
	}
	b.extensions, b.subs = "permessage-deflate", "{chat}"
	want = strings.Replace(want, "mqtt", "chat", 1) + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
	if got := string(b.build(nil)); got != want {
		t.Errorf("with offers, sends\n%q, want\n%q", got, want)
	}
}

// A field that the user gives takes the place of the baseline's, so that there
// are never two of it.
func TestAFieldOfTheTargetReplacesThatOfTheBaseline(t *testing.T) {
	b := newBuilder()
	b.info.Fields = []Field{{"Cookie", "a"}, {"connection", "keep-alive, Upgrade"}}
	want := strings.Replace(baseline, "Connection: Upgrade", "connection: keep-alive, Upgrade", 1) + "Cookie: a\r\n\r\n"
	if got := string(b.build(nil)); got != want {
		t.Errorf("sends\n%q, want\n%q", got, want)
	}
}
