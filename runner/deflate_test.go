package runner

import (
	"testing"

	"github.com/wsspec/wsspec/runner/wire"
)

func TestAnswersToOffersOfDeflateAreJudged(t *testing.T) {
	for _, test := range []struct{ name, offer, answer, want string }{
		{"plain", "permessage-deflate", "permessage-deflate", ""},
		{"unasked of itself", "permessage-deflate", "permessage-deflate; server_no_context_takeover; server_max_window_bits=8", ""},
		{"unasked of the client", "permessage-deflate", "permessage-deflate; client_no_context_takeover", ""},
		{"client window", "permessage-deflate; client_max_window_bits", "permessage-deflate; client_max_window_bits=9", ""},
		{"client window above the hint", "permessage-deflate; client_max_window_bits=9", "permessage-deflate; client_max_window_bits=15", ""},
		{"quoted values", `permessage-deflate; server_max_window_bits="1\0"`, `permessage-deflate; server_max_window_bits="10"`, ""},
		{"second offer", "permessage-deflate; foo, permessage-deflate", "permessage-deflate", ""},
		{"second offer, with the window of the first", "permessage-deflate; server_max_window_bits=99, permessage-deflate",
			"permessage-deflate; server_max_window_bits=15", ""},
		{"another extension that uses no bit", "x-foo, permessage-deflate", "x-foo, permessage-deflate", ""},
		{"a name in upper case", "permessage-deflate; SERVER_NO_CONTEXT_TAKEOVER", "permessage-deflate; server_no_context_takeover", ""},

		{"takeover not given up", "permessage-deflate; server_no_context_takeover", "permessage-deflate", "7692-7.1.1.1-2"},
		{"value of server_no_context_takeover", "permessage-deflate", "permessage-deflate; server_no_context_takeover=1", "7692-7.1.1.1-2"},
		{"value of client_no_context_takeover", "permessage-deflate", "permessage-deflate; client_no_context_takeover=1", "7692-7.1.1.2-2"},
		{"client window without a value", "permessage-deflate; client_max_window_bits", "permessage-deflate; client_max_window_bits", "7692-7.1.2.2-4"},
		{"server window without a value", "permessage-deflate", "permessage-deflate; server_max_window_bits", "7692-7.1.2.1-5"},
		{"leading zero", "permessage-deflate", "permessage-deflate; server_max_window_bits=08", "7692-7.1.2.1-5"},
		{"sign", "permessage-deflate", "permessage-deflate; server_max_window_bits=+8", "7692-7.1.2.1-5"},
		{"unknown parameter", "permessage-deflate; foo", "permessage-deflate; foo", "7692-7-1"},
		{"parameter twice", "permessage-deflate", "permessage-deflate; server_max_window_bits=8; server_max_window_bits=8", "7692-7-1"},
		{"two elements", "permessage-deflate, permessage-deflate", "permessage-deflate, permessage-deflate", "7692-5-9"},
		{"another extension that uses RSV1", "permessage-deflate, permessage-bzip2", "permessage-deflate, permessage-bzip2", "7692-5-9"},
		{"the extension of early browsers", "x-webkit-deflate-frame, permessage-deflate", "x-webkit-deflate-frame, permessage-deflate", "7692-5-9"},

		{"offer with an unknown parameter", "permessage-deflate; foo", "permessage-deflate", "7692-7-2"},
		{"offer with a parameter twice", "permessage-deflate; client_max_window_bits; client_max_window_bits=10", "permessage-deflate", "7692-7-2"},
		{"offer with a parameter twice in different letters", "permessage-deflate; client_max_window_bits; CLIENT_MAX_WINDOW_BITS",
			"permessage-deflate", "7692-7-2"},
		{"offer with a value that none may have", "permessage-deflate; client_no_context_takeover=1", "permessage-deflate", "7692-7-2"},
		{"offer with a value out of range", "permessage-deflate; client_max_window_bits=7", "permessage-deflate", "7692-7-2"},
		{"offer without the value", "permessage-deflate; server_max_window_bits", "permessage-deflate; server_max_window_bits=15", "7692-7-2"},
		{"offer without the value, and the answer without it too", "permessage-deflate; server_max_window_bits", "permessage-deflate", "7692-7-2"},
		{"offers of which none can be accepted", "permessage-deflate; foo, permessage-deflate; client_max_window_bits=99", "permessage-deflate", "7692-7-2"},
		{"offer with a window out of range, which is not answered", "permessage-deflate; server_max_window_bits=99", "permessage-deflate", "7692-7-2"},
		{"offer that must be declined, and a legal one, and the answer fits none",
			"permessage-deflate; server_max_window_bits=99, permessage-deflate; server_max_window_bits=9", "permessage-deflate", "7692-7.1.2.1-4"},
		{"legal offer that the answer does not fit, and one that must be declined",
			"permessage-deflate; server_no_context_takeover, permessage-deflate; foo", "permessage-deflate", "7692-7.1.1.1-2"},
		{"two offers, and the answer fits none", "permessage-deflate; server_max_window_bits=9, permessage-deflate; server_no_context_takeover",
			"permessage-deflate", "7692-7.1.2.1-4"},
	} {
		t.Run(test.name, func(t *testing.T) {
			request := sampleRequest + "Sec-WebSocket-Extensions: " + test.offer + "\r\n\r\n"
			answer := sampleAnswer + "Sec-WebSocket-Extensions: " + test.answer + "\r\n\r\n"
			a := judgeAnswer(wire.ParseHead([]byte(answer)), wire.ParseHead([]byte(request)))
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
