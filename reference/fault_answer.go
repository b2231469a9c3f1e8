package reference

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
)

// replying is the fault of a server whose answer is wrong.
func replying(id, requirement, title string, change func(*head)) departure {
	return departure{Fault: Fault{id, requirement, title, ServerSide}, head: change}
}

// refusingWith is the fault of a server whose refusals are wrong.
func refusingWith(id, requirement, title string, change func(int, http.Header) int) departure {
	return departure{Fault: Fault{id, requirement, title, ServerSide}, refusal: change}
}

const (
	fieldAccept     = "Sec-WebSocket-Accept"
	fieldProtocol   = "Sec-WebSocket-Protocol"
	fieldExtensions = "Sec-WebSocket-Extensions"
)

// answerFaults are those of the answer of a server.
func answerFaults() []departure {
	return slices.Concat(acceptFaults(), statusFaults(), selectionFaults(), refusalFaults())
}

// acceptKey makes the accept value from another key than that of the request.
func acceptKey(change func(key string) string) func(*head) {
	return func(h *head) {
		h.set(fieldAccept, acceptValue(change(h.request.Header.Get("Sec-WebSocket-Key"))))
	}
}

func acceptFaults() []departure {
	return []departure{
		replying("accept-trailing-newline", "6455-4.2.2-20", "the accept value ends in the line feed that base64 encoders add",
			editing(fieldAccept, func(v string) string { return v + "\n" })),
		replying("accept-missing", "6455-4.2.2-20", "the answer has no Sec-WebSocket-Accept", dropping(fieldAccept)),
		replying("accept-constant", "6455-4.2.2-20", "the accept value is that of the sample key of the RFC", setting(fieldAccept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")),
		replying("accept-repeats-key", "6455-4.2.2-20", "the accept value is the key itself", func(h *head) {
			h.set(fieldAccept, h.request.Header.Get("Sec-WebSocket-Key"))
		}),
		replying("accept-of-decoded-key", "6455-4.2.2-8", "the accept value is made of the decoded key", acceptKey(func(key string) string {
			b, _ := base64.StdEncoding.DecodeString(key)
			return string(b)
		})),
		replying("accept-of-normal-key", "6455-4.2.2-8", "the accept value is made of the key decoded and encoded again", acceptKey(func(key string) string {
			b, _ := base64.StdEncoding.DecodeString(key)
			return base64.StdEncoding.EncodeToString(b)
		})),
		replying("accept-in-lower-case", "6455-4.3-3", "the accept value is in small letters", editing(fieldAccept, strings.ToLower)),
		replying("accept-in-url-alphabet", "6455-4.3-3", "the accept value is in the alphabet of base64 for URLs and without padding", editing(fieldAccept, func(v string) string {
			return strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(v)
		})),
		replying("accept-twice", "6455-11.3.3-1", "the answer has two Sec-WebSocket-Accept fields", func(h *head) { h.add(fieldAccept, h.get(fieldAccept)) }),
		replying("accept-quoted", "6455-4.3-3", "the accept value stands in quotes", editing(fieldAccept, func(v string) string { return `"` + v + `"` })),
	}
}

func statusFaults() []departure {
	return []departure{
		replying("answer-200", "6455-4.2.2-17", "the server accepts with 200 instead of 101", starting("HTTP/1.1 200 OK")),
		replying("answer-http-1.0", "6455-4.2.2-16", "the server accepts in HTTP/1.0", starting("HTTP/1.0 101 Switching Protocols")),
		replying("status-line-cut", "9112-4-1", "the status line has neither a reason phrase nor the space before it", starting("HTTP/1.1 101")),
		replying("upgrade-field-missing", "6455-4.2.2-18", "the answer has no Upgrade field", dropping("Upgrade")),
		replying("upgrade-field-of-another-protocol", "9110-7.8-1", "the Upgrade field of the answer names another protocol", setting("Upgrade", "h2c")),
		replying("upgrade-field-with-version", "6455-4.2.2-18", "the Upgrade field of the answer has a version", setting("Upgrade", "websocket/13")),
		replying("connection-field-missing", "6455-4.2.2-19", "the answer has no Connection field", dropping("Connection")),
		replying("connection-field-keep-alive", "6455-4.2.2-19", "the Connection field of the answer says keep-alive", setting("Connection", "keep-alive")),
		replying("answer-with-body", "6455-4.2.2-16", "the answer 101 announces a body", setting("Content-Length", "5")),
		replying("answer-with-chunks", "6455-4.2.2-16", "the answer 101 announces a body in chunks", setting("Transfer-Encoding", "chunked")),
		replying("answer-with-line-feeds", "9110-2.2-1", "the lines of the answer end in LF without CR", func(h *head) { h.eol = "\n" }),
		replying("answer-with-space-before-colon", "9110-2.2-1", "a field name of the answer is followed by a space", adding("Server ", "x")),
		replying("answer-with-nul", "9110-2.2-1", "a field value of the answer has a NUL", adding("Server", "a\x00b")),
		replying("answer-without-end", "6455-4.2.2-16", "the empty line behind the answer is missing", func(h *head) {
			h.fields[len(h.fields)-1].value += "\r\nX-End: x"
			h.eol = "\r\n"
			h.octets = func(b []byte) []byte { return b[:len(b)-2] }
		}),
		replying("answer-twice", "6455-6.1-4", "the answer is sent twice", func(h *head) {
			h.octets = func(b []byte) []byte { return append(b, b...) }
		}),
		replying("unknown-resource-opened", "6455-4.2.2-10", "the server opens connections to every other resource than /, and closes them at once", func(h *head) {
			if h.request.URL.Path != "/" {
				h.behind = string(wireFrame{header: header{fin: true, opcode: opClose}, payload: appendCloseBody(nil, StatusPolicyViolation, "")}.append(nil))
			}
		}),
		replying("line-end-behind-answer", "6455-6.1-4", "a line end follows the answer, before the frames", func(h *head) { h.behind = "\r\n" }),
		misreading("no-100-before-101", "9110-7.8-7", "the server switches without telling a client that waits with a body to go on", func(r *http.Request) {
			if r.Header.Get("Expect") != "" {
				r.Header.Del("Expect")
				r.ContentLength, r.TransferEncoding = 0, nil
			}
		}),
		misreading("http-1.0-upgraded", "9110-7.8-6", "the server upgrades a request of HTTP/1.0", func(r *http.Request) {
			r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/1.1", 1, 1
		}),
	}
}

func selectionFaults() []departure {
	return []departure{
		replying("subprotocol-not-offered", "6455-4.2.2-11", "the server selects a subprotocol that nobody offered", setting(fieldProtocol, "mqtt")),
		replying("subprotocol-first-always", "6455-4.2.2-12", "the server selects the first subprotocol of the list, known or not", func(h *head) {
			if names, _ := parseTokens(h.request.Header["Sec-Websocket-Protocol"]); len(names) > 0 {
				h.set(fieldProtocol, names[0])
			}
		}),
		replying("subprotocol-list-repeated", "6455-4.3-6", "the server repeats the list of subprotocols as its selection", func(h *head) {
			if lines := h.request.Header["Sec-Websocket-Protocol"]; len(lines) > 0 {
				h.set(fieldProtocol, strings.Join(lines, ", "))
			}
		}),
		replying("subprotocol-empty", "6455-4.2.2-13", "the server answers with an empty subprotocol when it selects none", func(h *head) {
			if h.get(fieldProtocol) == "" {
				h.add(fieldProtocol, "")
			}
		}),
		replying("subprotocol-in-lower-case", "6455-4.2.2-11", "the server selects a subprotocol in other letters than the client has", func(h *head) {
			if names, _ := parseTokens(h.request.Header["Sec-Websocket-Protocol"]); len(names) > 0 {
				h.set(fieldProtocol, strings.ToUpper(names[0]))
			}
		}),
		replying("subprotocol-twice", "6455-11.3.4-2", "the answer has two Sec-WebSocket-Protocol fields", func(h *head) {
			if v := h.get(fieldProtocol); v != "" {
				h.add(fieldProtocol, v)
			}
		}),
		replying("extension-not-offered", "6455-9-3", "the server answers with an extension that nobody offered", setting(fieldExtensions, "x-unheard-of")),
		replying("extension-unasked-deflate", "6455-4.2.2-15", "the server answers with permessage-deflate when nothing was offered", func(h *head) {
			if len(h.request.Header["Sec-Websocket-Extensions"]) == 0 {
				h.add(fieldExtensions, deflateName)
			}
		}),
		replying("extensions-repeated", "6455-4.2.2-14", "the server repeats all extensions that were offered", func(h *head) {
			if lines := h.request.Header["Sec-Websocket-Extensions"]; len(lines) > 0 {
				h.set(fieldExtensions, strings.Join(lines, ", "))
			}
		}),
		replying("extension-value-empty", "6455-9.1-1", "the server answers with an empty Sec-WebSocket-Extensions when it accepts none", func(h *head) {
			if h.get(fieldExtensions) == "" {
				h.add(fieldExtensions, "")
			}
		}),
		replying("extension-value-malformed", "6455-9.1-1", "the extensions of the answer end in a semicolon", editing(fieldExtensions, func(v string) string { return v + ";" })),
		replying("extension-value-no-token", "6455-9.1-2", "a parameter of the answer has a quoted value that is no token",
			editing(fieldExtensions, func(v string) string { return v + `; server_max_window_bits="1 5"` })),
		replying("extension-parameter-unknown", "7692-7-1", "the answer has a parameter that the extension does not define",
			editing(fieldExtensions, func(v string) string { return v + "; level=9" })),
		replying("extension-name-in-other-case", "6455-9.1-4", "the server writes the name of the extension in capitals",
			editing(fieldExtensions, strings.ToUpper)),
	}
}

func refusalFaults() []departure {
	instead := func(other int) func(int, http.Header) int { return func(int, http.Header) int { return other } }
	return []departure{
		refusingWith("refusal-200", "6455-4.2.1-1", "the server refuses with 200", instead(http.StatusOK)),
		refusingWith("refusal-101", "6455-4.2.2-9", "the server refuses with 101 and no further fields", instead(http.StatusSwitchingProtocols)),
		{
			Fault: Fault{"origin-refused-with-200", "6455-4.2.2-7", "the server answers 200 to an origin that it does not like", ServerSide},
			request: func(r *http.Request) {
				if r.Header.Get("Origin") != "" {
					notWebSocket(r)
				}
			},
			refusal: instead(http.StatusOK),
		},
		refusingWith("refusal-500", "6455-4.2.1-1", "the server blames itself for whatever it does not like", instead(http.StatusInternalServerError)),
		refusingWith("refusal-without-version", "6455-4.2.2-9", "the server refuses a version without saying which it knows", func(status int, h http.Header) int {
			h.Del("Sec-WebSocket-Version")
			return status
		}),
		refusingWith("refusal-with-other-version", "6455-4.4-1", "the server says in its refusals that it knows the version 8 alone", func(status int, h http.Header) int {
			if h.Get("Sec-WebSocket-Version") != "" {
				h.Set("Sec-WebSocket-Version", "8")
			}
			return status
		}),
		refusingWith("refusal-with-version-range", "6455-4.3-7", "the server lists the versions that it knows as a range", func(status int, h http.Header) int {
			if h.Get("Sec-WebSocket-Version") != "" {
				h.Set("Sec-WebSocket-Version", "0-13")
			}
			return status
		}),
		refusingWith("refusal-without-upgrade", "9110-7.8-3", "the answer 426 has no Upgrade field", func(status int, h http.Header) int {
			h.Del("Upgrade")
			h.Del("Connection")
			return status
		}),
	}
}
