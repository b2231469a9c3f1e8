package html

import (
	"slices"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

const (
	asked    = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: chat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
	answered = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
)

func http(d runner.Direction, text string) runner.Entry {
	return runner.Entry{Direction: d, Kind: runner.EntryHTTP, Raw: []byte(text), Size: len(text)}
}

// marked are the octets that are marked of an entry, and why.
func marked(r *runner.Result, entry int) (list []string) {
	_, marks := diagnose(r)
	for _, m := range marks[entry] {
		list = append(list, string(r.Transcript.Entries[entry].Raw[m.first:m.last])+" | "+m.words)
	}
	return list
}

func TestWhatABrowserMakesOfAResponse(t *testing.T) {
	for _, test := range []struct{ name, old, new, octets, console string }{
		{"a right one", "", "", "", ""},
		{"another status", "101 Switching Protocols", "404 Not Found", "HTTP/1.1 404 Not Found\r\n", "Unexpected response code: 404"},
		{"another version", "HTTP/1.1", "HTTP/1.0", "HTTP/1.0 101 Switching Protocols\r\n", "Invalid status line"},
		{"no HTTP", "HTTP/1.1 101", "Hello", "Hello Switching Protocols\r\n", "Invalid status line"},
		{"no Upgrade", "Upgrade: websocket\r\n", "", "\r\n", "'Upgrade' header is missing"},
		{"another Connection", "Connection: Upgrade", "Connection: close", "Connection: close\r\n", "'Connection' header value must contain 'Upgrade'"},
		{"a wrong accept value", "s3pP", "s3pp", "Sec-WebSocket-Accept: s3ppLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", "Incorrect 'Sec-WebSocket-Accept' header value"},
		{"no accept value", "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", "", "\r\n", "'Sec-WebSocket-Accept' header is missing"},
		{"a line feed in the value", "xOo=\r\n", "xOo=\n", "\n", "Invalid frame header"},
		{"another subprotocol", "\r\n\r\n", "\r\nSec-WebSocket-Protocol: other\r\n\r\n", "Sec-WebSocket-Protocol: other\r\n", "other"},
		{"another extension", "\r\n\r\n", "\r\nSec-WebSocket-Extensions: foo\r\n\r\n", "Sec-WebSocket-Extensions: foo\r\n", "unsupported extension 'foo'"},
	} {
		r := &runner.Result{Verdict: cases.Failed, Expected: "HTTP 101", Transcript: runner.Transcript{Entries: []runner.Entry{
			http(runner.Sent, asked), http(runner.Received, strings.Replace(answered, test.old, test.new, 1)),
		}}}
		advice, marks := diagnose(r)
		if test.octets == "" {
			if len(advice) > 0 || len(marks) > 0 {
				t.Errorf("%s: %v %v", test.name, advice, marks)
			}
			continue
		}
		if len(advice) != 1 || !strings.Contains(advice[0], test.console) || !strings.Contains(advice[0], "1006") {
			t.Errorf("%s: %v", test.name, advice)
		}
		if list := marked(r, 1); len(list) != 1 || !strings.HasPrefix(list[0], test.octets+" | ") {
			t.Errorf("%s: %q", test.name, list)
		}
	}
}

// A refusal that was asked for is no fault.
func TestARefusalThatIsRightIsNotMarked(t *testing.T) {
	r := &runner.Result{
		Verdict: cases.Lax, Expected: "HTTP 4xx instead of 101", Case: cases.Case{Steps: []cases.Step{cases.Baseline()}},
		Transcript: runner.Transcript{Entries: []runner.Entry{http(runner.Sent, asked), http(runner.Received, "HTTP/1.1 500 Oops\r\n\r\n")}},
	}
	if advice, marks := diagnose(r); len(advice) > 0 || len(marks) > 0 {
		t.Errorf("%v %v", advice, marks)
	}
}

func TestWhatAServerMakesOfARequest(t *testing.T) {
	for _, test := range []struct{ name, old, new, octets string }{
		{"a right one", "", "", ""},
		{"another method", "GET", "POST", "POST / HTTP/1.1\r\n"},
		{"no Host", "Host: a\r\n", "", "\r\n"},
		{"a short key", "dGhlIHNhbXBsZSBub25jZQ==", "dGhl", "Sec-WebSocket-Key: dGhl\r\n"},
		{"another version", ": 13", ": 8", "Sec-WebSocket-Version: 8\r\n"},
		{"a later HTTP", "HTTP/1.1", "HTTP/1.2", ""},
		{"an empty line before", "GET", "\r\nGET", ""},
		{"a folded field", ": 13", ":\r\n 13", ""},
		{"two keys", "Host: a", "Host: a\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"},
	} {
		r := &runner.Result{Verdict: cases.Failed, Transcript: runner.Transcript{Entries: []runner.Entry{
			http(runner.Received, strings.Replace(asked, test.old, test.new, 1)), http(runner.Sent, "HTTP/1.1 400 Bad Request\r\n\r\n"),
		}}}
		advice, _ := diagnose(r)
		list := marked(r, 0)
		if (len(advice) > 0) != (test.octets != "") || (test.octets != "") != (len(list) == 1 && strings.HasPrefix(list[0], test.octets+" | ")) {
			t.Errorf("%s: %q %q", test.name, advice, list)
		}
	}
}

// What is wrong with our own part is marked as such, also when the peer passes.
func TestWhatIsWrongOnPurposeIsMarked(t *testing.T) {
	short := strings.Replace(asked, "dGhlIHNhbXBsZSBub25jZQ==", "dGhl", 1)
	wrong := strings.Replace(answered, "s3pP", "s3pp", 1)
	for name, test := range map[string]struct {
		entries []runner.Entry
		entry   int
		want    string
	}{
		"a request":  {[]runner.Entry{http(runner.Sent, short), http(runner.Received, "HTTP/1.1 400 Bad Request\r\n\r\n")}, 0, "Sec-WebSocket-Key: dGhl\r\n | on purpose: "},
		"a response": {[]runner.Entry{http(runner.Received, asked), http(runner.Sent, wrong)}, 1, "Sec-WebSocket-Accept: s3ppLMBiTxaQ9kYGzzhZRbK+xOo=\r\n | on purpose: "},
	} {
		r := &runner.Result{Verdict: cases.Pass, Transcript: runner.Transcript{Entries: test.entries}}
		if list := marked(r, test.entry); len(list) != 1 || !strings.HasPrefix(list[0], test.want) {
			t.Errorf("%s: %q", name, list)
		}
	}
}

func TestOffendingOctetsOfFramesAreMarked(t *testing.T) {
	for _, test := range []struct {
		name, raw string
		header    int
		want      string
	}{
		{"a right one", "\x81\x02hi", 2, ""},
		{"a masked one", "\x81\x82\x00\x00\x00\x00hi", 6, "\x82 | a server must not mask"},
		{"a reserved opcode", "\x83\x00", 2, "\x83 | the opcode 3 is reserved"},
		{"a reserved bit", "\xa1\x00", 2, "\xa1 | a reserved bit is set that means nothing here"},
		{"a compressed one", "\xc1\x01\x00", 2, ""},
		{"a compressed ping", "\xc9\x00", 2, "\xc9 | a reserved bit is set that means nothing here"},
		{"a fragment of a ping", "\x09\x00", 2, "\x09 | a control frame must not be fragmented"},
		{"a long form", "\x82\x7e\x00\x01a", 4, "\x7e\x00\x01 | the length 1 is written longer than need be"},
		{"a long ping", "\x89\x7e\x01\x00", 4, "\x7e\x01\x00 | a control frame has at most 125 octets of payload"},
		{"no UTF-8", "\x81\x04\xc3\xa9a\xff", 2, "\xff | no UTF-8 from octet 3 of the payload on"},
		{"a part of a character", "\x01\x01\xc3", 2, ""},
		{"half a code", "\x88\x01\x03", 2, "\x03 | a status code has two octets"},
		{"an illegal code", "\x88\x02\x03\xed", 2, "\x03\xed | the code 1005 must not be sent"},
		{"a legal code", "\x88\x02\x03\xe8", 2, ""},
		{"no UTF-8 in a reason", "\x88\x04\x03\xe8a\xff", 2, "\xff | no UTF-8 from octet 3 of the payload on"},
		{"a header that is cut", "\x81", 1, ""},
		{"a header that is cut in its length", "\x81\x7e\x01", 3, ""},
	} {
		answer := strings.Replace(answered, "\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n", 1)
		r := &runner.Result{Transcript: runner.Transcript{Entries: []runner.Entry{
			http(runner.Sent, asked), http(runner.Received, answer),
			{Direction: runner.Received, Kind: runner.EntryFrame, Raw: []byte(test.raw), HeaderLen: test.header, Size: len(test.raw)},
		}}}
		var want []string
		if test.want != "" {
			want = []string{test.want}
		}
		if got := marked(r, 2); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", test.name, got, want)
		}
	}
}

// A compressed message that does not decompress is told by its number, and the
// place by octet and frame.
func TestTheCompressedMessageIsTold(t *testing.T) {
	received := func(raw string) runner.Entry {
		return runner.Entry{Direction: runner.Received, Kind: runner.EntryFrame, Raw: []byte(raw), HeaderLen: 2, Size: len(raw)}
	}
	r := &runner.Result{
		Verdict: cases.Failed, Got: "it sends a compressed message that does not decompress: inflate: octet 3, bit 2: block type 3 is reserved",
		Transcript: runner.Transcript{Entries: []runner.Entry{
			http(runner.Sent, asked), http(runner.Received, answered), // which agrees to nothing
			received("\xc1\x01\x00"), received("\x81\x01a"), received("\x41\x02\xaa\xbb"), received("\x89\x00"), received("\x80\x02\xcc\xdd"),
		}},
	}
	advice, _ := diagnose(r)
	for _, words := range []string{"message 3 of the peer", "compressed message 2", "octet 3", "bit 2", "octet 1 of the payload of its frame 2"} {
		if len(advice) != 1 || !strings.Contains(advice[0], words) {
			t.Errorf("no %q in %q", words, advice)
		}
	}
	if got := marked(r, 6); !slices.Contains(got, "\xdd | decompression stops here") {
		t.Errorf("%q", got)
	}
}

func FuzzDiagnose(f *testing.F) {
	f.Add([]byte(asked), []byte(answered), []byte("\xc1\x02ab"), byte(2), "it sends: inflate: octet 3, bit 2")
	f.Fuzz(func(t *testing.T, request, response, raw []byte, header byte, got string) {
		for _, d := range []runner.Direction{runner.Sent, runner.Received} {
			r := &runner.Result{Verdict: cases.Failed, Got: got, Transcript: runner.Transcript{Entries: []runner.Entry{
				{Direction: d, Kind: runner.EntryHTTP, Raw: request}, {Direction: d ^ runner.Sent ^ runner.Received, Kind: runner.EntryHTTP, Raw: response},
				{Direction: runner.Received, Kind: runner.EntryFrame, Raw: raw, HeaderLen: min(int(header), len(raw)), Size: len(raw)},
			}}}
			_, marks := diagnose(r)
			for i, list := range marks {
				for _, m := range list {
					if m.first < 0 || m.first >= m.last || m.last > len(r.Transcript.Entries[i].Raw) {
						t.Errorf("a mark of %d to %d", m.first, m.last)
					}
				}
			}
		}
	})
}
