package main

import (
	"strings"
	"testing"
)

// A server listens where it is asked to, and on loopback when a URL is no request
// to open it to others.
func TestWhereServersListen(t *testing.T) {
	for _, test := range []struct {
		url, listen, address string
		secure               bool
		note                 string
	}{
		{"ws://127.0.0.1:9001", "", "127.0.0.1:9001", false, ""},
		{"ws://localhost:9001/path", "", "localhost:9001", false, ""},
		{"ws://[::1]:9001", "", "[::1]:9001", false, ""},
		{"ws://127.0.0.1", "", "127.0.0.1:80", false, ""},
		{"wss://127.0.0.1", "", "127.0.0.1:443", true, ""},
		{"ws://192.0.2.1:9001", "", "192.0.2.1:9001", false, ""},
		{"ws://0.0.0.0:9001", "", "0.0.0.0:9001", false, "other machines can connect"},
		{"ws://[::]:9001", "", "[::]:9001", false, "other machines can connect"},
		{"wss://fuzzer:9001", "", "127.0.0.1:9001", true, "on loopback"},
		{"ws://fuzzer:9001", "0.0.0.0", "0.0.0.0:9001", false, ""},
		{"ws://127.0.0.1:9001", ":9002", ":9002", false, ""},
		{"ws://127.0.0.1:9001", "[::1]:0", "[::1]:0", false, ""},
		{"ws://127.0.0.1:9001", "::1", "[::1]:9001", false, ""},
		{"ws://127.0.0.1:9001", "[::]", "[::]:9001", false, ""},
	} {
		f := &autobahnFlags{listen: test.listen}
		p, err := f.place(&specNode{file: "spec.json", line: 1, column: 2, value: test.url})
		if err != nil || p.address != test.address || p.secure != test.secure {
			t.Errorf("%s, --listen %q: %+v, %v", test.url, test.listen, p, err)
		}
		if note := p.note; (note != nil) != (test.note != "") || note != nil && !strings.Contains(note.Error(), test.note) {
			t.Errorf("%s, --listen %q: %v", test.url, test.listen, note)
		}
	}
	for _, url := range []string{"", "9001", "127.0.0.1:9001", "http://127.0.0.1:9001", "ws://", "ws://:9001", "ws://a:b"} {
		if _, err := new(autobahnFlags).place(&specNode{file: "spec.json", line: 1, column: 2, value: url}); err == nil || !strings.HasPrefix(err.Error(), "spec.json:1:2: ") {
			t.Errorf("%q: %v", url, err)
		}
	}
}
