package reference

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseResponse(t *testing.T) {
	resp, err := parseResponse(rules{}, []byte("HTTP/1.1 101 Web Socket\r\nUPGRADE: websocket\r\nConnection:\r\n Upgrade\r\nSet-Cookie: a\r\nset-cookie: b\r\n\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := &Response{Proto: "HTTP/1.1", StatusCode: 101, Reason: "Web Socket", Header: http.Header{
		"Upgrade": {"websocket"}, "Connection": {"Upgrade"}, "Set-Cookie": {"a", "b"},
	}}
	if diff := cmp.Diff(want, resp); diff != "" {
		t.Error(diff)
	}
}

func TestStatusLine(t *testing.T) {
	for line, ok := range map[string]bool{
		"HTTP/1.1 101 Switching Protocols":   true,
		"HTTP/1.1 101 ":                      true,
		"HTTP/1.1 101 caf\xc3\xa9":           true,
		"HTTP/1.2 101 X":                     true,
		"HTTP/1.0 404 Not Found":             true,
		"HTTP/1.1 200 " + long('a', 8<<10):   true,
		"HTTP/1.1 101":                       false,
		"HTTP/1.1 0101 X":                    false,
		"HTTP/1.1  101 X":                    false,
		"HTTP/1.1 101X":                      false,
		"HTTP/1.1 +10 X":                     false,
		"HTTP/2 101 X":                       false,
		"HTTP/1.11 101 X":                    false,
		"HTTP/1. 101 X":                      false,
		"http/1.1 101 X":                     false,
		"ICY 101 OK":                         false,
		"101 Switching":                      false,
		"HTTP/1.1 101 \x00":                  false,
		"":                                   false,
		" HTTP/1.1 101 Switching Protocols":  false,
		"HTTP/1.1 101\tSwitching Protocols":  false,
		"\ufeffHTTP/1.1 101 Switching":       false,
		"HTTP/1.1 101 Switching\x7fProtocol": false,
	} {
		if _, err := parseResponse(rules{}, []byte(line+"\r\n\r\n")); (err == nil) != ok {
			t.Errorf("%.80q: %v", line, err)
		}
	}
}

func TestResponseFields(t *testing.T) {
	for fields, breach := range map[string]string{
		"A: b\r\n\tc\r\n":     "",
		"A:b\r\n":             "",
		"A: \x00\r\n":         "6455-4.1-49",
		"A\r\n":               "6455-4.1-49",
		": b\r\n":             "6455-4.1-49",
		"A : b\r\n":           "9112-5.1-1",
		" A: b\r\n":           "9112-2.2-4",
		"A: b\r\n \x00c\r\n":  "6455-4.1-49",
		"A: b\r\n \r\n \r\n":  "",
		"A: b\r\nA b: c\r\n":  "6455-4.1-49",
		"A: \xff\r\nB: \xe9x": "",
	} {
		_, err := parseResponse(rules{}, []byte("HTTP/1.1 101 X\r\n"+fields+"\r\n"))
		if got := requirementOf(err); got != breach {
			t.Errorf("%q: %q, want %q", fields, got, breach)
		}
	}
}

const (
	sampleAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
	goodFields   = "Upgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Accept: " + sampleAccept
)

var (
	offeringDeflate = &DialOptions{Deflate: []DeflateOptions{{}}}
	offeringChat    = &DialOptions{Subprotocols: []string{"chat", "superchat"}}
)

// answers101 are the fields of answers, a line each, and the requirement they break.
var answers101 = []struct {
	opts   *DialOptions
	fields string
	breach string
}{
	{nil, goodFields, ""},
	{nil, strings.ToLower("Upgrade: websocket\nConnection: Upgrade\n") + "SEC-WEBSOCKET-ACCEPT: \t" + sampleAccept + "\t ", ""},
	{nil, strings.Replace(goodFields, "websocket", "WebSocket", 1), ""},
	{nil, strings.Replace(goodFields, "websocket", "h2c", 1), "6455-4.1-44"},
	{nil, strings.Replace(goodFields, "websocket", "websockets", 1), "6455-4.1-44"},
	{nil, strings.Replace(goodFields, "websocket", "websocket, foo", 1), "6455-4.1-44"},
	{nil, strings.Replace(goodFields, "websocket", "websocket/13", 1), "6455-4.1-44"},
	{nil, strings.Replace(goodFields, "websocket", "", 1), "6455-4.1-44"},
	{nil, "Upgrade: foo\n" + goodFields, "6455-4.1-44"},
	{nil, strings.Replace(goodFields, "Upgrade: ", "X: ", 1), "6455-4.1-44"},
	{nil, strings.Replace(goodFields, "Connection: Upgrade", "Connection: upgrade", 1), ""},
	{nil, strings.Replace(goodFields, "Connection: Upgrade", "Connection: keep-alive, Upgrade", 1), ""},
	{nil, strings.Replace(goodFields, "Connection: Upgrade", "Connection: ,Upgrade,", 1), ""},
	{nil, "Connection: keep-alive\n" + goodFields, ""},
	{nil, strings.Replace(goodFields, "Connection: Upgrade", "Connection: Upgraded", 1), "6455-4.1-45"},
	{nil, strings.Replace(goodFields, "Connection: Upgrade", "Connection: close", 1), "6455-4.1-45"},
	{nil, strings.Replace(goodFields, "Connection: Upgrade", "Connection:", 1), "6455-4.1-45"},
	{nil, strings.Replace(goodFields, "Connection: ", "X: ", 1), "6455-4.1-45"},
	{nil, strings.Replace(goodFields, "Sec-WebSocket-Accept", "X", 1), "6455-4.1-46"},
	{nil, strings.Replace(goodFields, sampleAccept, "", 1), "6455-4.1-46"},
	{nil, strings.Replace(goodFields, sampleAccept, sampleKey, 1), "6455-4.1-46"},
	{nil, strings.Replace(goodFields, sampleAccept, "S3PplmbItXAq9KygZZHzrBk+XoO=", 1), "6455-4.1-46"},
	{nil, strings.Replace(goodFields, sampleAccept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOp=", 1), "6455-4.1-46"},
	{nil, strings.Replace(goodFields, sampleAccept, strings.TrimSuffix(sampleAccept, "="), 1), "6455-4.1-46"},
	{nil, strings.Replace(goodFields, sampleAccept, sampleAccept+"=", 1), "6455-4.1-46"},
	{nil, strings.Replace(goodFields, sampleAccept, sampleAccept+" x", 1), "6455-4.1-46"},
	{nil, strings.Replace(goodFields, sampleAccept, sampleAccept+", "+sampleAccept, 1), "6455-4.1-46"},
	{nil, strings.Replace(goodFields, sampleAccept, "BXhwxM0SZasKmCD9S4BfpPmCnEw=", 1), "6455-4.1-46"},
	{nil, strings.Replace(goodFields, sampleAccept, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", 1), "6455-4.1-46"},
	{nil, goodFields + "\nSec-WebSocket-Accept: " + sampleAccept, "6455-11.3.3-1"},
	{nil, goodFields + "\nSec-WebSocket-Accept: x", "6455-11.3.3-1"},
	{nil, goodFields + "\nContent-Length: 5", "6455-4.1-49"},
	{nil, goodFields + "\nContent-Length: 0", "6455-4.1-49"},
	{nil, goodFields + "\nTransfer-Encoding: chunked", "6455-4.1-49"},
	{nil, goodFields + "\nSec-WebSocket-Protocol: chat", "6455-4.1-48"},
	{nil, goodFields + "\nSec-WebSocket-Protocol:", "6455-4.1-48"},
	{offeringChat, goodFields, ""},
	{offeringChat, goodFields + "\nSec-WebSocket-Protocol: superchat", ""},
	{offeringChat, goodFields + "\nSec-WebSocket-Protocol: other", "6455-4.1-48"},
	{offeringChat, goodFields + "\nSec-WebSocket-Protocol: CHAT", "6455-4.1-48"},
	{offeringChat, goodFields + "\nSec-WebSocket-Protocol: chat, superchat", "6455-4.1-48"},
	{offeringChat, goodFields + "\nSec-WebSocket-Protocol:", "6455-4.1-48"},
	{offeringChat, goodFields + "\nSec-WebSocket-Protocol: chat;v=1", "6455-4.1-48"},
	{offeringChat, goodFields + "\nSec-WebSocket-Protocol: \"chat\"", "6455-4.1-48"},
	{offeringChat, goodFields + "\nSec-WebSocket-Protocol: chat\nSec-WebSocket-Protocol: superchat", "6455-11.3.4-2"},
	{offeringChat, goodFields + "\nSec-WebSocket-Protocol: chat\nSec-WebSocket-Protocol: chat", "6455-11.3.4-2"},
	{nil, goodFields + "\nSec-WebSocket-Extensions: permessage-deflate", "6455-4.1-47"},
	{nil, goodFields + "\nSec-WebSocket-Extensions: x-foo", "6455-4.1-47"},
	{nil, goodFields + "\nSec-WebSocket-Extensions:", "6455-9.1-1"},
	{offeringDeflate, goodFields, ""},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: permessage-deflate", ""},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: x-foo", "6455-4.1-47"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: permessage-bzip2", "6455-4.1-47"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: Permessage-Deflate", "6455-4.1-47"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: permessage-deflate, x-foo", "6455-4.1-47"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: permessage-deflate, permessage-deflate", "7692-5-10"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: permessage-deflate\nSec-WebSocket-Extensions: permessage-deflate", "7692-5-10"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: permessage-deflate;", "6455-9.1-1"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: permessage-deflate; =1", "6455-9.1-1"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=\"10", "6455-9.1-1"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: ,", "6455-9.1-1"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: ;", "6455-9.1-1"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: permessage deflate", "6455-9.1-1"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=\"\"", "6455-4.3-1"},
	{offeringDeflate, goodFields + "\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=7", "7692-7-4"},
}

func TestCheckAnswer(t *testing.T) {
	for _, tt := range answers101 {
		opts := tt.opts
		if opts == nil {
			opts = &DialOptions{}
		}
		resp, err := parseResponse(rules{}, []byte("HTTP/1.1 101 X\r\n"+strings.ReplaceAll(tt.fields, "\n", "\r\n")+"\r\n\r\n"))
		if err == nil {
			_, err = checkAnswer(rules{}, resp, sampleKey, opts)
		}
		if got := requirementOf(err); got != tt.breach {
			t.Errorf("%q: %q, want %q", tt.fields, got, tt.breach)
		}
	}
	resp, _ := parseResponse(rules{}, []byte("HTTP/1.0 101 X\r\n"+strings.ReplaceAll(goodFields, "\n", "\r\n")+"\r\n\r\n"))
	if _, err := checkAnswer(rules{}, resp, sampleKey, &DialOptions{}); requirementOf(err) != "6455-4.1-49" {
		t.Errorf("101 in HTTP/1.0: %v", err)
	}
}
