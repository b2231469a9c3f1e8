package wire

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

const response = "HTTP/1.1 101 Switching Protocols\r\n" +
	"Upgrade: websocket\r\n" +
	"Connection: Upgrade\r\n" +
	"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"

func TestHeadIsReadUpToItsEmptyLine(t *testing.T) {
	for name, src := range sources([]byte(response + "\x81\x05Hello")) {
		r := newReaderSize(src, 16)
		h, err := ReadHead(r, 0)
		if err != nil {
			t.Fatal(name, err)
		}
		want := &Head{
			Raw:       []byte(response),
			StartLine: "HTTP/1.1 101 Switching Protocols",
			Fields: []Field{
				{"Upgrade", "websocket", []byte("Upgrade: websocket\r\n")},
				{"Connection", "Upgrade", []byte("Connection: Upgrade\r\n")},
				{"Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", []byte("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")},
			},
		}
		if diff := cmp.Diff(want, h); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if f, err := r.Next(); err != nil || string(f.Payload) != "Hello" {
			t.Errorf("%s: %+v %v", name, f, err)
		}
	}
}

// seen is an oddity without its text.
type seen struct {
	kind         OddityKind
	line, offset int
}

func oddities(h *Head) []seen {
	var s []seen
	for _, o := range h.Oddities {
		s = append(s, seen{o.Kind, o.Line, o.Offset})
	}
	return s
}

func TestStrayLineFeedEndsTheHeadEarly(t *testing.T) {
	const text = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x=\n\r\n\r\n"
	r := NewReader(strings.NewReader(text))
	h, err := ReadHead(r, 0)
	if err != nil {
		t.Fatal(err)
	}
	if v := h.Get("sec-websocket-accept"); v != "x=" {
		t.Errorf("value %q", v)
	}
	if rest, _ := io.ReadAll(r); string(rest) != "\r\n" {
		t.Errorf("left in the stream: %q", rest)
	}
	want := []Oddity{
		{BareLF, 3, 78, "the line ends in LF without CR"},
		{EarlyEnd, 4, 79, "the line before ends in a stray LF, so that this CRLF, which was to end it, ends the head"},
	}
	if diff := cmp.Diff(want, h.Oddities); diff != "" {
		t.Error(diff)
	}
	if text[78] != '\n' || text[79:81] != "\r\n" {
		t.Error("the offsets do not point at the octets")
	}
}

func TestOdditiesAreListedWithTheirPlace(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []seen
		fields     string // name=value, one behind the other
	}{
		{"none", "GET / HTTP/1.1\r\nA: b\r\n\r\n", nil, "A=b;"},
		{"status line without reason", "HTTP/1.1 101 \r\n\r\n", nil, ""},
		{"reason with spaces", "HTTP/1.1 400  no \t way \r\n\r\n", nil, ""},
		{"no white space around the value", "GET / HTTP/1.1\r\nA:b\r\n\r\n", nil, "A=b;"},
		{"much white space around the value", "GET / HTTP/1.1\r\nA: \t b c\t \r\n\r\n", nil, "A=b c;"},
		{"all lines in LF", "GET / HTTP/1.1\nA: b\n\n", []seen{{BareLF, 1, 14}, {BareLF, 2, 19}, {BareLF, 3, 20}}, "A=b;"},
		{"only the empty line in CRLF", "GET / HTTP/1.1\nA: b\n\r\n", []seen{{BareLF, 1, 14}, {BareLF, 2, 19}}, "A=b;"},
		{"empty line in LF", "GET / HTTP/1.1\r\nA: b\r\n\n", []seen{{BareLF, 3, 22}}, "A=b;"},
		{"CR inside a value", "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n", []seen{{BareCR, 2, 20}}, "A=b\rc;"},
		{"CR CR LF", "GET / HTTP/1.1\r\nA: b\r\r\n\r\n", []seen{{BareCR, 2, 20}}, "A=b\r;"},
		{"NUL", "GET / HTTP/1.1\r\nA: \x00\x00\r\n\r\n", []seen{{NULOctet, 2, 19}}, "A=\x00\x00;"},
		{"controls", "GET / HTTP/1.1\r\nA: \x01\x7f\r\n\r\n", []seen{{ControlOctet, 2, 19}}, "A=\x01\x7f;"},
		{"outside ASCII", "GET / HTTP/1.1\r\nA: é\r\n\r\n", []seen{{NonASCII, 2, 19}}, "A=é;"},
		{"empty lines first", "\r\n\nGET / HTTP/1.1\r\n\r\n", []seen{{LeadingEmptyLine, 1, 0}, {LeadingEmptyLine, 2, 2}, {BareLF, 2, 2}}, ""},
		{"two spaces in the request line", "GET  / HTTP/1.1\r\n\r\n", []seen{{StartLineSpacing, 1, 4}}, ""},
		{"tab in the request line", "GET /\tHTTP/1.1\r\n\r\n", []seen{{StartLineSpacing, 1, 5}}, ""},
		{"space in the target", "GET /a b HTTP/1.1\r\n\r\n", []seen{{StartLineSpacing, 1, 7}}, ""},
		{"space behind the request line", "GET / HTTP/1.1 \r\n\r\n", []seen{{StartLineSpacing, 1, 14}}, ""},
		{"no space behind the status", "HTTP/1.1 101\r\n\r\n", []seen{{StartLineSpacing, 1, 12}}, ""},
		{"two spaces before the status", "HTTP/1.1  101 OK\r\n\r\n", []seen{{StartLineSpacing, 1, 9}}, ""},
		{"space before the first field", "GET / HTTP/1.1\r\n A: b\r\nC: d\r\n\r\n", []seen{{SpaceBeforeFirstField, 2, 16}}, "C=d;"},
		{"folded", "GET / HTTP/1.1\r\nA: b, \r\n\t c\r\n d\r\nE: f\r\n\r\n", []seen{{ObsFold, 3, 24}, {ObsFold, 4, 29}}, "A=b, c d;E=f;"},
		{"no colon", "GET / HTTP/1.1\r\nA\r\n\r\n", []seen{{NoColon, 2, 16}}, "=A;"},
		{"no name", "GET / HTTP/1.1\r\n: b\r\n\r\n", []seen{{EmptyName, 2, 16}}, "=b;"},
		{"space before the colon", "GET / HTTP/1.1\r\nA : b\r\n\r\n", []seen{{SpaceBeforeColon, 2, 17}}, "A=b;"},
		{"space in the name", "GET / HTTP/1.1\r\nA B: c\r\n\r\n", []seen{{NameOctet, 2, 17}}, "A B=c;"},
		{"NUL in the name", "GET / HTTP/1.1\r\nA\x00: c\r\n\r\n", []seen{{NULOctet, 2, 17}, {NameOctet, 2, 17}}, "A\x00=c;"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := ReadHead(NewReader(strings.NewReader(c.text)), 0)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, oddities(h), cmp.AllowUnexported(seen{})); diff != "" {
				t.Error(diff)
			}
			var fields strings.Builder
			var raw []byte
			for _, f := range h.Fields {
				fields.WriteString(f.Name + "=" + f.Value + ";")
				raw = append(raw, f.Raw...)
			}
			if fields.String() != c.fields {
				t.Errorf("fields %q, want %q", fields.String(), c.fields)
			}
			if string(h.Raw) != c.text || !bytes.Contains(h.Raw, raw) {
				t.Errorf("raw octets %q, of the fields %q", h.Raw, raw)
			}
		})
	}
}

func TestStreamThatStopsInsideTheHead(t *testing.T) {
	for cut := range len(response) {
		h, err := ReadHead(NewReader(iotest.OneByteReader(strings.NewReader(response[:cut]))), 0)
		want := io.ErrUnexpectedEOF
		if cut == 0 {
			want = io.EOF
		}
		if !errors.Is(err, want) || errors.Is(err, ErrNotHTTP) {
			t.Errorf("cut at %d: %v", cut, err)
		}
		if string(h.Raw) != response[:cut] {
			t.Errorf("cut at %d: %q", cut, h.Raw)
		}
		if _, odd := h.Odd(NoFinalEmptyLine); odd != (cut > 0) {
			t.Errorf("cut at %d: %v", cut, h.Oddities)
		}
	}
}

// waiting gives its octets and then fails the test: a peer that speaks another
// protocol may be waiting for us.
type waiting struct {
	t *testing.T
	b []byte
}

func (w *waiting) Read(p []byte) (int, error) {
	if len(w.b) == 0 {
		w.t.Error("read on, where the peer waits for an answer")
		return 0, io.EOF
	}
	n := copy(p, w.b)
	w.b = w.b[n:]
	return n, nil
}

func TestOtherProtocolsAreNamedAtOnce(t *testing.T) {
	for _, c := range []struct{ name, sent, says string }{
		{"TLS alert", "\x15\x03\x03\x00\x02\x02\x28", "15 03 03 00 02 02 28, a TLS alert"},
		{"TLS handshake", "\x16\x03\x01\x00\xa5\x01", "a TLS record"},
		{"SMTP", "220 mail.example.org ESMTP ready\r\n", "an SMTP or FTP greeting"},
		{"SSH", "SSH-2.0-OpenSSH_9.2\r\n", "an SSH greeting"},
		{"HTTP/2", "\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x05\x00\x00\x40\x00", "an HTTP/2 SETTINGS frame"},
		{"WebSocket frame", "\x81\x05Hello", "perhaps a WebSocket frame (text)"},
		{"POP3", "+OK ready\r\n", "2b 4f 4b"},
		{"one word", "hello\r\n", "68 65 6c 6c 6f"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := ReadHead(NewReader(&waiting{t, []byte(c.sent)}), 0)
			if !errors.Is(err, ErrNotHTTP) || !strings.Contains(err.Error(), c.says) {
				t.Error(err)
			}
			if string(h.Raw) != c.sent {
				t.Errorf("kept %q", h.Raw)
			}
		})
	}
}

func TestHeadOverTheLimit(t *testing.T) {
	endless := strings.NewReader(strings.Repeat("x", 1<<20))
	h, err := ReadHead(NewReader(endless), 0)
	if !errors.Is(err, ErrNotHTTP) || !errors.Is(err, ErrHeadTooLong) || len(h.Raw) != 64<<10 {
		t.Errorf("%d octets, %v", len(h.Raw), err)
	}
	fields := strings.NewReader("HTTP/1.1 200 OK\r\n" + strings.Repeat("A: b\r\n", 1000))
	h, err = ReadHead(NewReader(fields), 100)
	if errors.Is(err, ErrNotHTTP) || !errors.Is(err, ErrHeadTooLong) || len(h.Raw) != 100 || len(h.Fields) != 14 {
		t.Errorf("%d octets, %d fields, %v", len(h.Raw), len(h.Fields), err)
	}
	if _, err = ReadHead(NewReader(strings.NewReader(response)), len(response)); err != nil {
		t.Errorf("a head as large as the limit: %v", err)
	}
	h, _ = ReadHead(NewReader(strings.NewReader(strings.Repeat("\n", 1000))), 0)
	if len(h.Oddities) != maxOddities || h.Omitted == 0 {
		t.Errorf("%d oddities, %d omitted", len(h.Oddities), h.Omitted)
	}
}

func TestFieldsAreFoundInAnyCaseOfASCII(t *testing.T) {
	h := ParseHead([]byte("GET / HTTP/1.1\r\nSec-WebSocket-Key: a\r\nSEC-WEBSOCKET-KEY: b\r\n\u212aey: c\r\n\r\n"))
	if got := h.Values("sec-websocket-key"); !cmp.Equal(got, []string{"a", "b"}) {
		t.Error(got)
	}
	if h.Get("Sec-Websocket-Key") != "a" || h.Get("other") != "" {
		t.Error("Get")
	}
	if h.Has("key") || !h.Has("sec-websocket-KEY") {
		t.Error("Has")
	}
}

func TestStatusLine(t *testing.T) {
	type status struct {
		Proto  string
		Status int
		Reason string
		OK     bool
	}
	for line, want := range map[string]status{
		"HTTP/1.1 101 Switching Protocols": {"HTTP/1.1", 101, "Switching Protocols", true},
		"HTTP/1.0 200":                     {"HTTP/1.0", 200, "", true},
		"http/1.1 404 ":                    {"http/1.1", 404, "", true},
		"HTTP/1.1  101  x":                 {"HTTP/1.1", 101, "x", true},
		"HTTP/1.1 +10 x":                   {},
		"HTTP/1.1 -10 x":                   {},
		"HTTP/1.1 1010 x":                  {},
		"HTTP/1.1 abc":                     {},
		"HTTP/1.1":                         {},
		"HTP/1.1 101 x":                    {},
		"GET / HTTP/1.1":                   {},
		"":                                 {},
	} {
		var got status
		got.Proto, got.Status, got.Reason, got.OK = (&Head{StartLine: line}).StatusLine()
		if got != want {
			t.Errorf("%q: %+v", line, got)
		}
	}
}

func TestRequestLine(t *testing.T) {
	type request struct {
		Method, Target, Proto string
		OK                    bool
	}
	for line, want := range map[string]request{
		"GET /chat HTTP/1.1":   {"GET", "/chat", "HTTP/1.1", true},
		"GET /a b HTTP/1.1":    {"GET", "/a b", "HTTP/1.1", true},
		"PRI * HTTP/2.0":       {"PRI", "*", "HTTP/2.0", true},
		"GET  /  HTTP/1.1 ":    {"GET", "/", "HTTP/1.1", true},
		"GET HTTP/1.1":         {},
		"GET /":                {},
		"HTTP/1.1 101 HTTP/1.": {},
		"":                     {},
	} {
		var got request
		got.Method, got.Target, got.Proto, got.OK = (&Head{StartLine: line}).RequestLine()
		if got != want {
			t.Errorf("%q: %+v", line, got)
		}
	}
}

func FuzzHead(f *testing.F) {
	f.Add([]byte(response), 100)
	f.Add([]byte("GET / HTTP/1.1\r\nA: b\n\r\n\r\n"), 0)
	f.Add([]byte("\n\r\nGET / HTTP/1.1\r\n A\r\nB\r\n:c\r\nD \x00: \xffe\r\n\tf\r\n"), 0)
	f.Add([]byte("\x15\x03\x03\x00\x02\x02\x28"), 0)
	f.Add([]byte("\x01 HTTP/1.1\r\n\r\n"), 0) // the same however it is cut
	f.Add([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nHello\r\n0\r\n\r\n"), 0)
	f.Add([]byte("HTTP/1.1 400 no\r\nContent-Length: 2\r\n\r\nno"), 0)
	f.Fuzz(func(t *testing.T, b []byte, limit int) {
		r := newReaderSize(bytes.NewReader(b), 32)
		h, err := ReadHead(r, limit)
		if !bytes.HasPrefix(b, h.Raw) {
			t.Fatalf("% x is no beginning of % x", h.Raw, b)
		}
		checkPlaces(t, h)
		again, err2 := ReadHead(NewReader(iotest.OneByteReader(bytes.NewReader(h.Raw))), limit)
		if (err == nil) != (err2 == nil) || !bytes.Equal(again.Raw, h.Raw) && err == nil {
			t.Fatalf("%v and octet by octet %v", err, err2)
		}
		if err != nil {
			return
		}
		if diff := cmp.Diff(h, again); diff != "" {
			t.Fatal(diff)
		}
		body, err := ReadBody(r, h, 0)
		rest, _ := io.ReadAll(r)
		if got := append(append(bytes.Clone(h.Raw), body.Raw...), rest...); !bytes.Equal(got, b) {
			t.Fatalf("% x and body % x and rest % x: %v", h.Raw, body.Raw, rest, err)
		}
	})
}

func checkPlaces(t *testing.T, h *Head) {
	last := 0
	for _, o := range h.Oddities {
		if o.Offset < last || o.Offset > len(h.Raw) || o.Line < 1 || o.Text == "" {
			t.Fatalf("%+v in %d octets, after %d", o, len(h.Raw), last)
		}
		last = o.Offset
	}
	for _, f := range h.Fields {
		if !bytes.Contains(h.Raw, f.Raw) || len(f.Raw) == 0 {
			t.Fatalf("%q is not in %q", f.Raw, h.Raw)
		}
	}
}
