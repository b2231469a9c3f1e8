package runner

import (
	"strings"
	"testing"

	"github.com/wsspec/wsspec/runner/wire"
)

const (
	sampleKey     = "dGhlIHNhbXBsZSBub25jZQ=="
	sampleAccept  = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
	sampleAnswer  = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + sampleAccept + "\r\n"
	sampleRequest = "GET / HTTP/1.1\r\nHost: h\r\nSec-WebSocket-Key: " + sampleKey + "\r\n"
)

func TestAnswersAreReadAsAClientMust(t *testing.T) {
	change := func(old, new string) string { return strings.Replace(sampleAnswer, old, new, 1) }
	for _, test := range []struct {
		name, request, answer string
		want                  string // requirement, empty for an open connection
	}{
		{"right", "", sampleAnswer, ""},
		{"case of names and tokens", "", change("Upgrade: websocket", "UPGRADE: WebSocket"), ""},
		{"connection list", "", change("Connection: Upgrade", "Connection: keep-alive, upgrade"), ""},
		{"no upgrade", "", change("Upgrade: websocket\r\n", ""), "6455-4.2.2-18"},
		{"other upgrade", "", change("websocket", "h2c"), "6455-4.2.2-18"},
		{"upgrade with a Kelvin sign", "", change("websocket", "websoc\u212aet"), "6455-4.2.2-18"},
		{"no connection", "", change("Connection: Upgrade\r\n", ""), "6455-4.2.2-19"},
		{"connection close", "", change("Connection: Upgrade", "Connection: close"), "6455-4.2.2-19"},
		{"no accept", "", change("Sec-WebSocket-Accept", "X"), "6455-4.2.2-20"},
		{"accept of another key", "", change(sampleAccept, acceptValue("other")), "6455-4.2.2-20"},
		{"accept twice", "", sampleAnswer + "Sec-WebSocket-Accept: " + sampleAccept + "\r\n", "6455-11.3.3-1"},
		{"HTTP/1.0", "", change("HTTP/1.1", "HTTP/1.0"), "6455-4.2.2-16"},
		{"subprotocol not asked for", "", sampleAnswer + "Sec-WebSocket-Protocol: chat\r\n", "6455-4.2.2-12"},
		{"subprotocol offered", "Sec-WebSocket-Protocol: a, chat\r\n", sampleAnswer + "Sec-WebSocket-Protocol: chat\r\n", ""},
		{"subprotocol not offered", "Sec-WebSocket-Protocol: a\r\n", sampleAnswer + "Sec-WebSocket-Protocol: A\r\n", "6455-4.2.2-11"},
		{"subprotocol empty", "Sec-WebSocket-Protocol: a\r\n", sampleAnswer + "Sec-WebSocket-Protocol:\r\n", "6455-4.2.2-13"},
		{"extension not offered", "", sampleAnswer + "Sec-WebSocket-Extensions: permessage-deflate\r\n", "6455-4.2.2-15"},
		{"extension broken", "", sampleAnswer + "Sec-WebSocket-Extensions: permessage-deflate;\r\n", "6455-9.1-1"},
		{"extension of a broken offer", "Sec-WebSocket-Extensions: permessage-deflate;\r\n",
			sampleAnswer + "Sec-WebSocket-Extensions: permessage-deflate\r\n", "6455-9.1-1"},
		{"client window not offered", "Sec-WebSocket-Extensions: permessage-deflate\r\n",
			sampleAnswer + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=12\r\n", "7692-7.1.2.2-5"},
		{"server window larger than asked", "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9\r\n",
			sampleAnswer + "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=12\r\n", "7692-7.1.2.1-4"},
		{"server window not answered", "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9\r\n",
			sampleAnswer + "Sec-WebSocket-Extensions: permessage-deflate\r\n", "7692-7.1.2.1-4"},
		{"second offer accepted", "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9, permessage-deflate\r\n",
			sampleAnswer + "Sec-WebSocket-Extensions: permessage-deflate\r\n", ""},
		{"window out of range", "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9\r\n",
			sampleAnswer + "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=7\r\n", "7692-7.1.2.1-5"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := judgeAnswer(wire.ParseHead([]byte(test.answer+"\r\n")), wire.ParseHead([]byte(sampleRequest+test.request+"\r\n")))
			got := ""
			if len(a.faults) > 0 {
				got = a.faults[0].requirement
			}
			if got != test.want {
				t.Errorf("breaks %q, want %q: %s", got, test.want, a.words())
			}
		})
	}
}

// The server that Chrome and Safari refuse, and nobody can say why.
func TestALineFeedBehindTheAcceptValueIsExplained(t *testing.T) {
	raw := strings.TrimSuffix(sampleAnswer, "\r\n") + "\n\r\n"
	a := judgeAnswer(wire.ParseHead([]byte(raw)), wire.ParseHead([]byte(sampleRequest+"\r\n")))
	advice := strings.Join(a.advice, "\n")
	for _, want := range []string{"Sec-WebSocket-Accept", "line feed (0a)", "0d 0a", "Invalid frame header", "base64"} {
		if a.open() || !strings.Contains(advice, want) {
			t.Errorf("open %v, advice without %q:\n%s", a.open(), want, advice)
		}
	}
}

func TestKnownMistakesInTheAcceptValueAreNamed(t *testing.T) {
	for mistake, value := range wrongAccepts("AQIDBAUGBwgJCgsMDQ4PEA==") {
		raw := strings.Replace(sampleAnswer, sampleAccept, value, 1)
		request := strings.Replace(sampleRequest, sampleKey, "AQIDBAUGBwgJCgsMDQ4PEA==", 1)
		a := judgeAnswer(wire.ParseHead([]byte(raw+"\r\n")), wire.ParseHead([]byte(request+"\r\n")))
		if a.open() || !strings.Contains(strings.Join(a.advice, " "), mistake) {
			t.Errorf("%s: advice %q", mistake, a.advice)
		}
	}
}
