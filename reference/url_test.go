package reference

import (
	"strings"
	"testing"
)

func TestParseURL(t *testing.T) {
	for uri, want := range map[string]string{ // secure, address, Host field, resource name
		"ws://h":                     "false h 80 h /",
		"ws://h:81":                  "false h 81 h:81 /",
		"ws://h?x=1":                 "false h 80 h /?x=1",
		"ws://h/?x":                  "false h 80 h /?x",
		"ws://h/p?":                  "false h 80 h /p",
		"ws://h/a/b?c=d&e=f":         "false h 80 h /a/b?c=d&e=f",
		"ws://h/a;b":                 "false h 80 h /a;b",
		"ws://h/%7Ea%2Fb":            "false h 80 h /%7Ea%2Fb",
		"ws://h//x//y":               "false h 80 h //x//y",
		"ws://h/a%23b?c%23d":         "false h 80 h /a%23b?c%23d",
		"ws://h/a/../b/./c":          "false h 80 h /a/../b/./c",
		"ws://h/p?a?b/c":             "false h 80 h /p?a?b/c",
		"WS://h:80/":                 "false h 80 h /",
		"ws://h:443/":                "false h 443 h:443 /",
		"Wss://h/":                   "true h 443 h /",
		"wss://h:443/":               "true h 443 h /",
		"wss://h:80/":                "true h 80 h:80 /",
		"ws://h:/":                   "false h 80 h /",
		"ws://[::1]:9001/":           "false ::1 9001 [::1]:9001 /",
		"wss://[::1]":                "true ::1 443 [::1] /",
		"ws://127.0.0.1:9001/":       "false 127.0.0.1 9001 127.0.0.1:9001 /",
		"ws://a_b.test/":             "false a_b.test 80 a_b.test /",
		"ws://b\u00fccher.test/":     "false xn--bcher-kva.test 80 xn--bcher-kva.test /",
		"ws://h/\u00fc?q=\u20ac":     "false h 80 h /%C3%BC?q=%E2%82%AC",
		"ws://h/" + long('a', 65536): "false h 80 h /" + long('a', 65536),
	} {
		u, err := parseURL(uri)
		got := strings.Join([]string{map[bool]string{true: "true", false: "false"}[u.secure], u.host, u.port, u.hostField(), u.resource}, " ")
		if err != nil || got != want {
			t.Errorf("%.80q: %.200q, %v; want %.200q", uri, got, err, want)
		}
	}
}

func long(c byte, n int) string { return strings.Repeat(string(c), n) }

func TestInvalidURL(t *testing.T) {
	for _, uri := range []string{
		"", "/p", "//h/", "ws:/h", "ws:h", "ws:///p", "ws://", "ws://:80/", "http://h/", "https://h/", "ftp://h/", " ws://h/", "wsx://h/",
		"ws://h/p#f", "ws://h/p#", "ws://h/p?q#f", "ws://h#f",
		"ws://h:0/", "ws://h:65536/", "ws://h:-1/", "ws://h:+1/", "ws://h:abc/", "ws://h:80:80/",
		"ws://user:pw@h/p", "ws://user@h/", "ws://h h/", "ws://h,g/", "ws://[::1/", "ws://[::g]/", "ws://[1.2.3.4]/", "ws://[fe80::1%25eth0]/", "ws://::1/",
		"ws://h/a b", "ws://h/a\r\nX: y", "ws://h/\x00", "ws://h/\t", `ws://h/\`, `ws://h/"`, "ws://h/<", "ws://h/>", "ws://h/?a b", "ws://h/%zz", "ws://h/%4",
		"ws://h\r\nX: y/", "ws://h/\xff", "ws://\u2028/",
	} {
		if u, err := parseURL(uri); err == nil {
			t.Errorf("%q: %+v", uri, u)
		}
	}
}
