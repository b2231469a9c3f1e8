package runner

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAURLSaysWhereToConnectAndWhatToAskFor(t *testing.T) {
	for _, test := range []struct{ url, address, host, target string }{
		{"ws://h", "h:80", "h", "/"},
		{"ws://h/", "h:80", "h", "/"},
		{"wss://h/", "h:443", "h", "/"},
		{"WS://Example.COM/A", "Example.COM:80", "Example.COM", "/A"},
		{"ws://h:9001/chat?room=1", "h:9001", "h:9001", "/chat?room=1"},
		{"ws://h:80/", "h:80", "h", "/"},     // the port of the scheme is left out (RFC 6455, section 4.1)
		{"wss://h:443/", "h:443", "h", "/"},  //
		{"wss://h:80/", "h:80", "h:80", "/"}, //
		{"ws://h:/", "h:80", "h", "/"},
		{"ws://h?a=b", "h:80", "h", "/?a=b"},
		{"ws://h/?", "h:80", "h", "/?"},
		{"ws://h/a%20b/%C3%A9", "h:80", "h", "/a%20b/%C3%A9"},
		{"ws://h/a b", "h:80", "h", "/a%20b"},
		{"ws://h/?a b=é", "h:80", "h", "/?a%20b=%C3%A9"},
		{"ws://[::1]:9001/", "[::1]:9001", "[::1]:9001", "/"},
		{"ws://[::1]/", "[::1]:80", "[::1]", "/"},
		{"ws://[::1]:80/", "[::1]:80", "[::1]", "/"},
		{"ws://[fe80::1%25lo]:81/", "[fe80::1%lo]:81", "[fe80::1]:81", "/"}, // a zone means nothing to the server (RFC 6874, section 4)
	} {
		t.Run(test.url, func(t *testing.T) {
			target, err := URL(test.url, TargetOptions{})
			if err != nil {
				t.Fatal(err)
			}
			got := target.Request()
			if address := target.(*urlTarget).address; address != test.address || got.Host != test.host || got.Target != test.target {
				t.Errorf("address %q, host %q, target %q; want %q, %q, %q", address, got.Host, got.Target, test.address, test.host, test.target)
			}
		})
	}
}

func TestAURLThatCannotBeMeantIsRefused(t *testing.T) {
	for _, test := range []struct{ url, want string }{
		{"", "must begin with ws:// or wss://"},
		{"localhost:9001", "must begin with ws:// or wss://"},
		{"h", "must begin with ws:// or wss://"},
		{"ftp://h/", "must begin with ws:// or wss://"},
		{"http://h/", "write ws instead of http"},
		{"https://h/", "write wss instead of https"},
		{"ws:///path", "names no host"},
		{"ws://:9001/", "names no host"},
		{"ws:h", "names no host"},
		{"ws://h/#top", "fragment"},
		{"ws://h/#", "fragment"},
		{"ws://h:0/", "port"},
		{"ws://h:65536/", "port"},
		{"ws://h:99999999999999999999/", "port"},
		{"ws://h:x/", "port"},
		{"ws://bücher.example/", "xn--"},
		{"ws://h/%zz", "%zz"},
		{"ws://h/\r\nX: y", "invalid control character"},
		{"ws://[::1/", "missing ']'"},
	} {
		t.Run(test.url, func(t *testing.T) {
			_, err := URL(test.url, TargetOptions{})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one that says %q", err, test.want)
			}
		})
	}
}

func TestCredentialsInAURLAreRefusedAndNotRepeated(t *testing.T) {
	_, err := URL("ws://user:secret@h/", TargetOptions{})
	if err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "Authorization") {
		t.Errorf("error %v", err)
	}
}

func TestOptionsOfATargetGoIntoEveryRequest(t *testing.T) {
	given := []Field{{"Cookie", "a"}, {"host", "other:1"}}
	target, err := URL("ws://h/x", TargetOptions{Fields: given, Origin: "http://o", Subprotocols: []string{"a", "b"}})
	if err != nil {
		t.Fatal(err)
	}
	want := RequestInfo{Host: "other:1", Port: "80", Target: "/x", Fields: []Field{
		{"Cookie", "a"}, {"Origin", "http://o"}, {"Sec-WebSocket-Protocol", "a, b"},
	}}
	if d := cmp.Diff(want, target.Request()); d != "" {
		t.Error(d)
	}
	if given[1].Name != "host" || target.(*urlTarget).address != "h:80" || target.String() != "ws://h/x" {
		t.Errorf("given %v, target %v", given, target)
	}
}
