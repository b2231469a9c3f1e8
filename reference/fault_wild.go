package reference

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
)

// wildFaults are mistakes that implementations have made, and that differ from
// those in the other tables.
func wildFaults() []departure {
	return slices.Concat(wildParsers(), wildEndpoints())
}

// ofObjects are names that a table in the form of an object has though nobody put
// them there.
var ofObjects = []string{"constructor", "__proto__", "toString", "hasOwnProperty"}

// hanging is the fault of a server that never answers some requests, since it
// dies of them or takes hours.
func hanging(id, requirement, title string, such func(t *httpTap) bool) departure {
	return departure{Fault: Fault{id, requirement, title, ServerSide}, http: func(t *httpTap) {
		t.swallows = t.whole() && such(t)
	}}
}

func wildParsers() []departure {
	return []departure{
		hanging("many-fields-not-survived", "6455-10.4-1", "the server never answers a request with more than 90 fields", func(t *httpTap) bool {
			return bytes.Count(t.raw, []byte("\n")) > 90
		}),
		hanging("spaces-take-long", "6455-10.4-1", "the server takes hours over a list of subprotocols with many spaces in a row", func(t *httpTap) bool {
			return strings.Contains(t.field(fieldProtocol), strings.Repeat(" ", 1000))
		}),
		hanging("escapes-take-long", "6455-10.4-1", "the server takes hours over a quoted value with many escapes", func(t *httpTap) bool {
			return strings.Count(t.field(fieldExtensions), `\`) > 1000
		}),
		hanging("window-of-8-bits-not-survived", "7692-7.1.2.1-3", "the server never answers an offer of server_max_window_bits=8", func(t *httpTap) bool {
			return strings.Contains(t.field(fieldExtensions), "server_max_window_bits=8")
		}),
		hanging("bad-offers-not-survived", "7692-7.1.2.1-2", "the server never answers an offer of server_max_window_bits with a value that is no number", func(t *httpTap) bool {
			_, value, _ := strings.Cut(t.field(fieldExtensions), "server_max_window_bits=")
			return value != "" && !isDigits(value[:1]) && value[0] != '"'
		}),
		replying("properties-of-objects-selected", "6455-4.2.2-12", "the server selects subprotocols with the names of properties that every object has", func(h *head) {
			names, _ := parseTokens(h.request.Header["Sec-Websocket-Protocol"])
			if i := slices.IndexFunc(names, func(name string) bool { return slices.Contains(ofObjects, name) }); i >= 0 {
				h.set(fieldProtocol, names[i])
			}
		}),
		misreading("quoted-commas-split", "6455-4.2.1-12", "the server splits a list of extensions also at commas inside quotes", func(r *http.Request) {
			value := strings.Join(r.Header["Sec-Websocket-Extensions"], ",")
			if !quotesComma(value) {
				return
			}
			var kept []string
			for element := range strings.SplitSeq(value, ",") {
				if element = trimOWS(element); strings.HasPrefix(element, deflateName) {
					kept = append(kept, element)
				}
			}
			r.Header.Del(fieldExtensions)
			if len(kept) > 0 {
				r.Header.Set(fieldExtensions, strings.Join(kept, ", "))
			}
		}),
	}
}

// quotesComma reports whether a quoted part of the value has a comma in it.
func quotesComma(value string) bool {
	for i, part := range strings.Split(value, `"`) {
		if i%2 == 1 && strings.Contains(part, ",") {
			return true
		}
	}
	return false
}

func wildEndpoints() []departure {
	const both, s, c = EitherSide, ServerSide, ClientSide
	return []departure{
		sending(both, "length-forms-off-by-one", "6455-5.2-10", "lengths of 125 are sent in 16 bits, and lengths of 65535 in 64", each(func(f wireFrame) []wireFrame {
			switch len(f.payload) {
			case 125:
				f.form = 126
			case 0xffff:
				f.form = 127
			}
			return pass(f)
		})),
		{
			Fault: Fault{"frames-behind-answer-lost", "6455-6.2-1", "the client throws away what arrives together with the answer", c},
			early: func([]byte) []byte { return nil },
		},
		misjudging("selected-compared-untrimmed", "6455-4.1-48", "the client knows the first of the subprotocols alone that it offers", func(r *Response, o *DialOptions) {
			if got := r.Header.Get(fieldProtocol); got != "" && len(o.Subprotocols) > 0 && got != o.Subprotocols[0] {
				r.Header.Set(fieldProtocol, got+" ")
			}
		}),
		believing(s, "window-of-8-bits-is-9", "7692-7.2.1-15", "the server compresses with 9 bits where 8 are agreed on", func(p *DeflateParams) {
			if p.ServerMaxWindowBits == 8 {
				p.ServerMaxWindowBits = 9
			}
		}),
		believing(c, "window-of-8-bits-is-9-for-clients", "7692-7.2.1-13", "the client compresses with 9 bits where 8 are agreed on", func(p *DeflateParams) {
			if p.ClientMaxWindowBits == 8 {
				p.ClientMaxWindowBits = 9
			}
		}),
	}
}
