package reference

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// FuzzExtensions holds the extension grammar to what it promises: what it takes
// it can write and read back, and what it takes from the fuzzer net/http could
// have handed to it.
func FuzzExtensions(f *testing.F) {
	for _, seed := range []string{
		"permessage-deflate", `permessage-deflate; client_max_window_bits="1\0", x; y`, `x; a="b\"c"`, ",;=\"", `x; b="` + strings.Repeat(`\c`, 50),
		"permessage-deflate; server_max_window_bits=10; client_no_context_takeover, permessage-deflate",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		list, err := ParseExtensions(value)
		if err != nil {
			if list != nil {
				t.Errorf("%q: both %v and %v", value, list, err)
			}
			return
		}
		written := string(AppendExtensions(nil, list))
		again, err := ParseExtensions(written)
		if err != nil || !cmp.Equal(list, again) {
			t.Errorf("%q is written as %q, which reads %v, %v", value, written, again, err)
		}
		negotiated(t, list)
	})
}

// negotiated checks that every answer to a list of offers is one that a client
// would take for one of them.
func negotiated(t *testing.T, offers []Extension) {
	for _, o := range []DeflateOptions{{}, {ServerMaxWindowBits: 9, ClientMaxWindowBits: 9}, {ServerNoContextTakeover: true, ClientNoContextTakeover: true}} {
		answer, params := o.negotiate(rules{}, offers)
		if answer == nil {
			continue
		}
		parsed, err := parseDeflate(rules{}, "7692-7-4", answer[0])
		if err != nil || params == nil || !cmp.Equal(parsed.agreed(), params) {
			t.Errorf("offers %v, answer %v: %v", offers, answer, err)
		}
		fits := slices.ContainsFunc(offers, func(e Extension) bool {
			offer, err := parseDeflate(rules{}, "7692-7-2", e)
			return err == nil && e.Name == deflateName && parsed.fits(rules{}, offer) == nil
		})
		if !fits {
			t.Errorf("answer %v fits none of %v", answer, offers)
		}
	}
}

// FuzzFieldGrammar holds the smaller pieces to what they promise.
func FuzzFieldGrammar(f *testing.F) {
	for _, seed := range []string{"chat, superchat", `"a\"b" rest`, "keep-alive ,\tUpgrade", ",,", "http://h:80/p?q", "[::1]:80", "ws://h/%41?\u00fc"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if tokens, ok := parseTokens([]string{s}); ok {
			again, ok := parseTokens([]string{string(appendTokens(nil, tokens))})
			if !ok || !slices.Equal(tokens, again) || !hasToken([]string{s}, strings.ToUpper(tokens[0])) {
				t.Errorf("%q: %q, %q", s, tokens, again)
			}
		}
		if value, rest, ok := parseQuoted(s); ok {
			again, more, ok := parseQuoted(string(appendQuoted(nil, value)) + rest)
			if !ok || again != value || more != rest {
				t.Errorf("%q: %q and %q become %q and %q", s, value, rest, again, more)
			}
		}
		if u, err := parseURL(s); err == nil {
			u2, err := parseURL(map[bool]string{true: "wss://", false: "ws://"}[u.secure] + u.hostField() + u.resource)
			if err != nil || u != u2 || !validAuthority(u.hostField()) || !validTarget(u.resource) {
				t.Errorf("%q: %+v, %+v, %v", s, u, u2, err)
			}
		}
		if validTarget(s) {
			if _, err := parseTarget(rules{}, http.MethodGet, s); err != nil {
				t.Errorf("%q: %v", s, err)
			}
		}
	})
}

// FuzzRequest reads a stream of requests, whole and octet by octet, and checks
// that both readings agree (but for which of several defects they see first) and
// that what is let through is an opening handshake
// by the letter.
func FuzzRequest(f *testing.F) {
	for _, v := range verdicts {
		if len(v.request) < 2000 {
			f.Add([]byte(v.request))
		}
	}
	f.Add([]byte(baseline() + hello))
	f.Fuzz(func(t *testing.T, stream []byte) {
		whole := &headReader{src: bytes.NewReader(stream)}
		parts := &headReader{src: iotest.OneByteReader(bytes.NewReader(stream))}
		for {
			head, err := whole.next(rules{}.judgeRequestLine)
			again, err2 := parts.next(rules{}.judgeRequestLine)
			if (err == nil) != (err2 == nil) || !bytes.Equal(head, again) {
				t.Fatalf("%q and %v at once, %q and %v octet by octet", head, err, again, err2)
			}
			if err != nil {
				return
			}
			req, err := parseRequest(rules{}, head)
			if err != nil {
				refusal := refusalOf(err)
				if refusal.Status < 400 || refusal.Status > 599 || len(refusal.body()) > 1000 {
					t.Fatalf("%+v", refusal)
				}
				return
			}
			accepted(t, req)
		}
	})
}

// accepted checks the answer to a request that has been parsed.
func accepted(t *testing.T, req *http.Request) {
	opts := &Options{Subprotocols: []string{"chat", "a"}, Deflate: &DeflateOptions{}}
	hs, answer, err := opts.answer(http.Header{}, req)
	if err != nil {
		return
	}
	resp, err := http.ReadResponse(newReader(bytes.NewReader(bytes.TrimPrefix(answer.bytes, []byte("HTTP/1.1 100 Continue\r\n\r\n")))), req)
	if err != nil {
		t.Fatalf("%q: %v", answer.bytes, err)
	}
	key := req.Header.Get("Sec-WebSocket-Key")
	if resp.StatusCode != 101 || resp.Header.Get("Sec-WebSocket-Accept") != acceptValue(key) || !validKey(key) || req.Method != "GET" ||
		!hasToken(req.Header["Upgrade"], "websocket") || !hasToken(req.Header["Connection"], "upgrade") || req.ContentLength != 0 {
		t.Fatalf("%+v gets %q", req, answer.bytes)
	}
	if p := resp.Header["Sec-Websocket-Protocol"]; len(p) > 1 || len(p) == 1 && !slices.Contains(hs.Subprotocols, p[0]) {
		t.Fatalf("%q offered, %q selected", hs.Subprotocols, p)
	}
}

// FuzzResponse does the same to the client.
func FuzzResponse(f *testing.F) {
	f.Add([]byte(accepting(sampleKey, "Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9") + olleh))
	f.Add([]byte("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 X\r\nLink: x\r\n y\r\n\r\n" + accepting(sampleKey)))
	f.Add([]byte("HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nno way"))
	opts := &DialOptions{Subprotocols: []string{"chat"}, Deflate: []DeflateOptions{{}}}
	f.Fuzz(func(t *testing.T, stream []byte) {
		whole := &headReader{src: bytes.NewReader(stream)}
		parts := &headReader{src: iotest.OneByteReader(bytes.NewReader(stream))}
		resp, err := opts.finalAnswer(whole)
		again, err2 := opts.finalAnswer(parts)
		if (err == nil) != (err2 == nil) || !cmp.Equal(resp, again) {
			t.Fatalf("%+v and %v at once, %+v and %v octet by octet", resp, err, again, err2)
		}
		if err != nil {
			return
		}
		cfg, err := checkAnswer(rules{}, resp, sampleKey, opts)
		if err == nil && (cfg.subprotocol != "" && cfg.subprotocol != "chat" || resp.Header.Get("Sec-WebSocket-Accept") != acceptValue(sampleKey)) {
			t.Fatalf("%+v is taken", resp)
		}
	})
}
