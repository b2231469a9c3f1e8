package reference

import (
	"slices"
	"strings"
)

// misjudging is the fault of a client that takes an answer for another one.
func misjudging(id, requirement, title string, misread func(*Response, *DialOptions)) departure {
	return departure{Fault: Fault{id, requirement, title, ClientSide}, response: misread}
}

// strictOnIf refuses the answers that a condition picks.
func strictOnIf(id, requirement, title string, wrong func(*Response) bool) departure {
	return misjudging(id, requirement, title, func(r *Response, _ *DialOptions) {
		if wrong(r) {
			r.Header.Del("Upgrade")
		}
	})
}

// responseFaults are those of a client that accepts answers that are wrong, or
// refuses answers that are right.
func responseFaults() []departure {
	return slices.Concat(lenientClients(), misreadAnswers(), strictClients())
}

func lenientClients() []departure {
	const c = ClientSide
	return []departure{
		forgiving(c, "answer-upgrade-not-checked", "6455-4.1-44", "the client does not look at the Upgrade field of the answer"),
		forgiving(c, "answer-connection-not-checked", "6455-4.1-45", "the client does not look at the Connection field of the answer"),
		forgiving(c, "accept-not-checked", "6455-4.1-46", "the client does not look at Sec-WebSocket-Accept"),
		forgiving(c, "accept-twice-accepted", "6455-11.3.3-1", "the client takes the first of several Sec-WebSocket-Accept fields"),
		forgiving(c, "unasked-extension-accepted", "6455-4.1-47", "the client takes any extension in the answer"),
		forgiving(c, "unasked-subprotocol-accepted", "6455-4.1-48", "the client takes any subprotocol in the answer"),
		forgiving(c, "subprotocol-twice-taken", "6455-11.3.4-2", "the client takes the first of several Sec-WebSocket-Protocol fields"),
		forgiving(c, "malformed-answer-accepted", "6455-4.1-49", "the client takes an answer that is not HTTP/1.1"),
		forgiving(c, "answer-extensions-malformed-accepted", "6455-9.1-1", "the client takes a list of extensions that is none", "6455-4.3-1"),
		forgiving(c, "answer-carriage-return-accepted", "6455-4.1-49", "the client takes CR without LF inside an answer", "9112-2.2-2"),
		{
			Fault:    Fault{"answer-space-before-colon-accepted", "6455-4.1-49", "the client takes whitespace before the colon of a field", c},
			forgives: []string{"9112-5.1-1"},
		},
		forgiving(c, "answer-unlimited", "6455-10.4-1", "the client sets no limit to the header section of an answer, nor to messages"),
		misjudging("any-status-accepted", "6455-1.3-3", "the client takes every status for 101", func(r *Response, _ *DialOptions) {
			r.StatusCode = 101
			r.Header.Del("Content-Length")
		}),
		misjudging("any-2xx-accepted", "6455-4.1-43", "the client takes every status of success for 101", func(r *Response, _ *DialOptions) {
			if r.StatusCode/100 == 2 {
				r.StatusCode = 101
				r.Header.Del("Content-Length")
			}
		}),
	}
}

// misreadAnswers are those of a client that reads the fields of an answer as what
// they are not.
func misreadAnswers() []departure {
	const c = ClientSide
	return []departure{
		misjudging("accept-compared-as-prefix", "6455-1.3-4", "the client compares the beginning of Sec-WebSocket-Accept alone", func(r *Response, _ *DialOptions) {
			r.trim("Sec-Websocket-Accept", func(v string) string { return v[:min(len(v), 28)] })
		}),
		misjudging("upgrade-found-anywhere", "6455-4.1-44", "the client looks for websocket anywhere in the Upgrade field", func(r *Response, _ *DialOptions) {
			if strings.Contains(strings.ToLower(strings.Join(r.Header["Upgrade"], ",")), "websocket") {
				r.Header.Set("Upgrade", "websocket")
			}
		}),
		misjudging("connection-found-anywhere", "6455-4.1-45", "the client looks for upgrade anywhere in the Connection field", func(r *Response, _ *DialOptions) {
			if strings.Contains(strings.ToLower(strings.Join(r.Header["Connection"], ",")), "upgrade") {
				r.Header.Set("Connection", "Upgrade")
			}
		}),
		misjudging("selected-subprotocol-folded", "6455-4.1-48", "the client compares subprotocols without regard to case", func(r *Response, _ *DialOptions) {
			r.trim("Sec-Websocket-Protocol", strings.ToLower)
		}),
		misjudging("selected-list-accepted", "6455-4.1-48", "the client takes the first of a list of subprotocols in the answer", func(r *Response, _ *DialOptions) {
			r.trim("Sec-Websocket-Protocol", func(v string) string {
				first, _, _ := strings.Cut(v, ",")
				return trimOWS(first)
			})
		}),
		{
			Fault:    Fault{"selected-subprotocol-cut-at-nul", "6455-4.1-48", "the client takes a NUL for the end of the subprotocol in the answer", c},
			forgives: []string{"6455-4.1-49"},
			response: func(r *Response, _ *DialOptions) {
				r.trim("Sec-Websocket-Protocol", func(v string) string {
					v, _, _ = strings.Cut(v, "\x00")
					return v
				})
			},
		},
		misjudging("answer-last-fields-read", "6455-11.3.4-2", "the client reads the last of several fields of a name alone", func(r *Response, _ *DialOptions) {
			for name, values := range r.Header {
				r.Header[name] = values[len(values)-1:]
			}
		}),
		misjudging("unicode-folding-in-answer", "6455-2.1-2", "the client compares words with the case folding of Unicode", func(r *Response, _ *DialOptions) {
			if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
				r.Header.Set("Upgrade", "websocket")
			}
		}),
	}
}

// trim changes the values of a field.
func (resp *Response) trim(name string, change func(string) string) {
	for i, v := range resp.Header[name] {
		resp.Header[name][i] = change(v)
	}
}

func strictClients() []departure {
	return []departure{
		strictOnIf("answer-upgrade-compared-with-case", "6455-4.1-44", "the client does not know WebSocket in other letters than small ones", func(r *Response) bool {
			return r.Header.Get("Upgrade") != "websocket"
		}),
		strictOnIf("answer-connection-compared-with-case", "6455-4.1-45", "the client does not know upgrade in other letters", func(r *Response) bool {
			return !strings.Contains(strings.Join(r.Header["Connection"], ","), "Upgrade")
		}),
		strictOnIf("answer-connection-list-not-read", "6455-4.1-45", "the client does not know Upgrade in a list", func(r *Response) bool {
			return len(r.Header["Connection"]) != 1 || !equalFold(r.Header.Get("Connection"), "upgrade")
		}),
		strictOnIf("reason-phrase-compared", "6455-4.2.2-17", "the client wants the reason phrase Switching Protocols", func(r *Response) bool {
			return r.Reason != "Switching Protocols"
		}),
		strictOnIf("answer-unknown-fields-refused", "6455-4.1-52", "the client refuses answers with fields that it does not know", func(r *Response) bool {
			for name := range r.Header {
				switch name {
				case "Upgrade", "Connection", "Sec-Websocket-Accept", "Sec-Websocket-Protocol", "Sec-Websocket-Extensions":
				default:
					return true
				}
			}
			return false
		}),
		strictOnIf("later-http-refused", "6455-4.1-42", "the client refuses answers in HTTP/1.2", func(r *Response) bool { return r.Proto != "HTTP/1.1" && r.Proto != "HTTP/1.0" }),
		strictOnIf("answer-empty-elements-refused", "9110-5.6.1-1", "the client refuses lists with an element that is empty", func(r *Response) bool {
			return hasEmptyElement(r.Header["Connection"]) || hasEmptyElement(r.Header["Sec-Websocket-Extensions"])
		}),
		misjudging("answer-second-fields-ignored", "6455-4.1-45", "the client reads the first of several fields of a name alone", func(r *Response, _ *DialOptions) {
			for name, values := range r.Header {
				r.Header[name] = values[:1]
			}
		}),
		misjudging("declined-extension-refused", "7692-5-14", "the client refuses answers without the extension that it offered", func(r *Response, o *DialOptions) {
			if len(o.Deflate) > 0 && len(r.Header["Sec-Websocket-Extensions"]) == 0 {
				r.Header.Del("Upgrade")
			}
		}),
	}
}
