package runner

import (
	"testing"

	"github.com/wsspec/wsspec/runner/wire"
)

func TestAnAnswerRepeatsWhatTheOfferWantsOfContextTakeover(t *testing.T) {
	const name, server, client = "permessage-deflate", "; server_no_context_takeover", "; client_no_context_takeover"
	for _, test := range []struct{ offer, answer, want string }{
		{name, name, name},
		{name + client, name, name},
		{name + server, name, name + server},
		{name + server + client, name, name + server + client},
		{name + client + server, name + client, name + client + server},
		{name + server, name + "; server_max_window_bits=9", name + "; server_max_window_bits=9" + server},
		{name + server + client, name + server, name + server},
		{name + server + ", " + name, name, name},
		{name + server + ";;", name, name},
		{"", name, name},
	} {
		raw := "GET / HTTP/1.1\r\nSec-WebSocket-Extensions: " + test.offer + "\r\n\r\n"
		r := &request{head: wire.ParseHead([]byte(raw))}
		if got := r.concede(test.answer); got != test.want {
			t.Errorf("%s to %s: %s, want %s", test.answer, test.offer, got, test.want)
		}
	}
}
