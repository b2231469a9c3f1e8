package reference

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseRequest(t *testing.T) {
	req, err := parseRequest(rules{}, []byte("GET /a%20b?c=d HTTP/1.1\r\nhOST: example.com:81\r\nX-Empty:\r\nX-Text:\t caf\xe9 \t\r\nx-text: 2\r\n\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if req.Method != "GET" || req.URL.Path != "/a b" || req.URL.RawQuery != "c=d" || req.Host != "example.com:81" || req.Close {
		t.Errorf("%+v", req)
	}
	want := http.Header{"X-Empty": {""}, "X-Text": {"caf\xe9", "2"}}
	if diff := cmp.Diff(want, req.Header); diff != "" {
		t.Error(diff)
	}
}

func TestRequestLine(t *testing.T) {
	tests := []struct{ line, breach string }{
		{"GET / HTTP/1.1", ""},
		{"GET / HTTP/1.2", ""},
		{"GET / HTTP/1.0", ""},
		{"FOO / HTTP/1.1", ""},
		{"get / HTTP/1.1", ""}, // a method of its own; no opening handshake
		{"OPTIONS * HTTP/1.1", ""},
		{"CONNECT a:80 HTTP/1.1", ""},
		{"GET  / HTTP/1.1", "6455-4.2.1-3"},
		{"GET /  HTTP/1.1", "6455-4.2.1-3"},
		{"GET\t/ HTTP/1.1", "6455-4.2.1-2"},
		{"GE T / HTTP/1.1", "6455-4.2.1-3"},
		{" GET / HTTP/1.1", "6455-4.2.1-2"},
		{"GET / HTTP/1.1 ", "6455-4.2.1-3"},
		{"GET /", "6455-4.2.1-3"},
		{"GET", "6455-4.2.1-3"},
		{"GET / HTTP/2.0", "6455-4.2.1-3"},
		{"GET / HTTP/3", "6455-4.2.1-3"},
		{"GET / HTTP/1.1.1", "6455-4.2.1-3"},
		{"GET / HTTP/01.1", "6455-4.2.1-3"},
		{"GET / http/1.1", "6455-4.2.1-3"},
		{"GET / HTTPS/1.1", "6455-4.2.1-3"},
		{"GET /p q HTTP/1.1", "6455-4.2.1-3"},
		{"GET  HTTP/1.1", "6455-4.2.1-4"},
		{"GET * HTTP/1.1", "6455-4.2.1-4"},
		{"CONNECT /p HTTP/1.1", "6455-4.2.1-4"},
	}
	for _, tt := range tests {
		_, err := parseRequest(rules{}, []byte(tt.line+"\r\nHost: a\r\n\r\n"))
		if got := requirementOf(err); got != tt.breach {
			t.Errorf("%q: %q, want %q", tt.line, got, tt.breach)
		}
	}
}

func TestRequestTarget(t *testing.T) {
	for target, want := range map[string]string{ // path, host
		"/":                      "/ h",
		"/.well-known/ws?x=1":    "/.well-known/ws h",
		"//h/p":                  "//h/p h",
		"/a/%2e%2e/b":            "/a/../b h",
		"/%00":                   "/\x00 h",
		"http://other:81/p?q":    "/p other:81",
		"HTTPS://other/":         "/ other",
		"http://[::1]:9001/p":    "/p [::1]:9001",
		"http://other":           " other",
		"/http://a/b":            "/http://a/b h",
		"/~a/!$&'()*+,;=:@?/?:@": "/~a/!$&'()*+,;=:@ h",
	} {
		req, err := parseRequest(rules{}, []byte("GET "+target+" HTTP/1.1\r\nHost: h\r\n\r\n"))
		if err != nil {
			t.Errorf("%q: %v", target, err)
		} else if got := req.URL.Path + " " + req.Host; got != want {
			t.Errorf("%q: %q, want %q", target, got, want)
		}
	}
	for _, target := range []string{
		"p", "?x", "/p#f", "/\x00", "/\x7f", "/caf\xc3\xa9", "/%zz", "/%4", "ws://h/p", "wss://h/p", "http:///p", "http://user@h/p",
		"http://h:99999/", "http:/p", "/a|b", `/a\b`, "/a\"b", "/<a>", "http://h\xc3\xa9/", "http://h/#f",
	} {
		_, err := parseRequest(rules{}, []byte("GET "+target+" HTTP/1.1\r\nHost: h\r\n\r\n"))
		if got := requirementOf(err); got != "6455-4.2.1-4" {
			t.Errorf("%q: %q", target, got)
		}
	}
}

func TestFields(t *testing.T) {
	tests := []struct{ fields, breach string }{
		{"Host: h\r\n", ""},
		{"Host: h\r\nA:\r\n", ""},
		{"", "9112-3.2-1"},
		{"Host:\r\n", "9112-3.2-1"},
		{"Host: h\r\nHost: h\r\n", "9112-3.2-1"},
		{"Host: h\r\nhost: evil.test\r\n", "9112-3.2-1"},
		{"Host: a b\r\n", "9112-3.2-1"},
		{"Host: h:port\r\n", "9112-3.2-1"},
		{"Host: h:99999\r\n", "9112-3.2-1"},
		{"Host: h,h2\r\n", "9112-3.2-1"},
		{"Host: user@h\r\n", "9112-3.2-1"},
		{"Host: h/p\r\n", "9112-3.2-1"},
		{"Host: [::1\r\n", "9112-3.2-1"},
		{"Host: [::1]x\r\n", "9112-3.2-1"},
		{"Host: [::g]\r\n", "9112-3.2-1"},
		{"Host: %zz\r\n", "9112-3.2-1"},
		{"Host: h\xc3\xa9\r\n", "9112-3.2-1"},
		{"Host : h\r\n", "9112-5.1-1"},
		{"Host: h\r\nA\t: b\r\n", "9112-5.1-1"},
		{"Host: h\r\nA: b\r\n c\r\n", "9112-5.2-1"},
		{"Host: h\r\nA:\r\n\tc\r\n", "9112-5.2-1"},
		{" A: b\r\nHost: h\r\n", "9112-2.2-4"},
		{"Host: h\r\nA: \x00\r\n", "6455-4.2.1-1"},
		{"Host: h\r\nA: \x0b\r\n", "6455-4.2.1-1"},
		{"Host: h\r\nA: \x7f\r\n", "6455-4.2.1-1"},
		{"Host: h\r\nA\x00: b\r\n", "6455-4.2.1-1"},
		{"Host: h\r\n: b\r\n", "6455-4.2.1-1"},
		{"Host: h\r\nA\r\n", "6455-4.2.1-1"},
		{"Host: h\r\nA B: c\r\n", "6455-4.2.1-1"},
		{"Host: h\r\nContent-Length: 0\r\n", ""},
		{"Host: h\r\nContent-Length: 5\r\n", ""},
		{"Host: h\r\nTransfer-Encoding: Chunked\r\n", ""},
		{"Host: h\r\nContent-Length: 5\r\nContent-Length: 5\r\n", "9112-6-1"},
		{"Host: h\r\nContent-Length: 5, 5\r\n", "9112-6-1"},
		{"Host: h\r\nContent-Length: +5\r\n", "9112-6-1"},
		{"Host: h\r\nContent-Length: -5\r\n", "9112-6-1"},
		{"Host: h\r\nContent-Length: 99999999999999999999\r\n", "9112-6-1"},
		{"Host: h\r\nContent-Length:\r\n", "9112-6-1"},
		{"Host: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n", "9112-6-1"},
		{"Host: h\r\nTransfer-Encoding: gzip, chunked\r\n", "9112-6-1"},
		{"Host: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "9112-6-1"},
	}
	for _, tt := range tests {
		_, err := parseRequest(rules{}, []byte("GET / HTTP/1.1\r\n"+tt.fields+"\r\n"))
		if got := requirementOf(err); got != tt.breach {
			t.Errorf("%q: %q, want %q", tt.fields, got, tt.breach)
		}
	}
}

func TestEveryDefectHasItsStatus(t *testing.T) {
	for request, want := range map[string]int{
		"GET / HTTP/2.0\r\nHost: h\r\n\r\n":                             505,
		"GET / HTTP/1.1\r\n\r\n":                                        400,
		"GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n":  501,
		"GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n":          400,
		"GET / HTTP/1.1\r\nHost: h\r\nX: " + "\x01" + "\r\n\r\n":        400,
		"GET / HTTP/1.1\r\nHost: h\r\nContent-Length: many\r\n\r\nmany": 400,
	} {
		_, err := parseRequest(rules{}, []byte(request))
		if got := refusalOf(err).Status; got != want {
			t.Errorf("%q: %d, want %d", request, got, want)
		}
	}
}

// A header section that is cut off never reads like the whole one.
func TestRequestThatIsCutOff(t *testing.T) {
	const whole = "GET /p HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n\r\n"
	for n := range len(whole) - 4 {
		req, err := parseRequest(rules{}, []byte(whole[:n]))
		if err == nil && req.Header.Get("Upgrade") == "websocket" {
			t.Errorf("after %d octets: %+v", n, req)
		}
	}
}

// Errors show what the peer sent, but not all of it, and never raw.
func TestErrorsQuoteThePeerBriefly(t *testing.T) {
	evil := strings.Repeat("\x1b[31m\xff", 10000)
	for _, request := range []string{
		evil + " / HTTP/1.1\r\n", "GET " + evil + " HTTP/1.1\r\n", "GET / " + evil + "\r\n",
		"GET / HTTP/1.1\r\n" + evil + ": x\r\n", "GET / HTTP/1.1\r\n" + evil + "\r\n", "GET / HTTP/1.1\r\nHost: " + evil + "\r\n",
		"GET / HTTP/1.1\r\nHost: h\r\nContent-Length: \xff" + strings.Repeat("5", 1000) + "\r\n",
	} {
		_, err := parseRequest(rules{}, []byte(request+"\r\n"))
		var refusal *Refusal
		if !errors.As(err, &refusal) {
			refusal = refusalOf(err)
		}
		if body := refusal.body(); len(body) > 600 || strings.ContainsAny(body, "\x1b\xff") || strings.Count(body, "\n") != 1 {
			t.Errorf("%.60q: %q", request, body)
		}
	}
}
