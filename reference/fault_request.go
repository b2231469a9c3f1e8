package reference

import (
	"slices"
	"strings"
)

// asking is the fault of a client whose request is wrong.
func asking(id, requirement, title string, change func(*head)) departure {
	return departure{Fault: Fault{id, requirement, title, ClientSide}, head: change}
}

const (
	fieldKey     = "Sec-WebSocket-Key"
	fieldVersion = "Sec-WebSocket-Version"
)

// requestFaults are those of the request of a client.
func requestFaults() []departure {
	return slices.Concat(requestLineFaults(), requestFieldFaults(), offerFaults())
}

func target(change func(string) string) func(*head) {
	return func(h *head) {
		words := strings.SplitN(h.start, " ", 3)
		words[1] = change(words[1])
		h.start = strings.Join(words, " ")
	}
}

func requestLineFaults() []departure {
	return []departure{
		asking("request-with-post", "6455-4.1-19", "the client asks with POST", func(h *head) { h.start = strings.Replace(h.start, "GET", "POST", 1) }),
		asking("request-http-1.0", "6455-4.1-20", "the client asks in HTTP/1.0", func(h *head) { h.start = strings.Replace(h.start, "HTTP/1.1", "HTTP/1.0", 1) }),
		asking("request-with-line-feeds", "6455-4.1-18", "the lines of the request end in LF without CR", func(h *head) { h.eol = "\n" }),
		asking("request-with-empty-line-first", "6455-4.1-18", "an empty line comes before the request", func(h *head) { h.start = "\r\n" + h.start }),
		asking("request-field-without-colon", "6455-4.1-18", "a line of the request has no colon", func(h *head) { h.start += "\r\nX-Odd" }),
		asking("target-without-query", "6455-3-4", "the client leaves the query out of the request", target(func(s string) string {
			path, _, _ := strings.Cut(s, "?")
			return path
		})),
		asking("target-without-path", "6455-4.1-21", "the client asks for / whatever the URI says", target(func(string) string { return "/" })),
		asking("target-with-ws-scheme", "6455-4.1-21", "the request target is the ws URI", func(h *head) {
			uri := "ws://" + h.get("Host")
			target(func(s string) string { return uri + s })(h)
		}),
		asking("target-unescaped", "6455-4.1-21", "the client undoes the percent-encoding of the path", target(func(s string) string {
			return strings.NewReplacer("%2F", "/", "%2f", "/", "%25", "%", "%23", "#", "%7E", "~", "%7e", "~", "%0D", "\r", "%0A", "\n", "%00", "\x00").Replace(s)
		})),
		asking("target-escaped-twice", "6455-4.1-21", "the client percent-encodes the path once more", target(func(s string) string { return strings.ReplaceAll(s, "%", "%25") })),
		asking("target-in-normal-form", "6455-3-4", "the client tidies up the path", target(func(s string) string {
			for _, odd := range []string{"/./", "//", "/../"} {
				s = strings.ReplaceAll(s, odd, "/")
			}
			return strings.ToUpper(strings.TrimSuffix(s, "/")[:1]) + strings.ReplaceAll(strings.TrimSuffix(s, "/")[min(1, len(strings.TrimSuffix(s, "/"))):], "+", "%20")
		})),
		asking("target-not-ascii", "6455-11.1.1-2", "the client sends characters beyond ASCII as they are", target(func(s string) string {
			var b strings.Builder
			for i := 0; i < len(s); i++ {
				if s[i] == '%' && i+2 < len(s) && s[i+1] >= '8' && isHex(s[i+1]) && isHex(s[i+2]) {
					b.WriteByte(unhex(s[i+1])<<4 | unhex(s[i+2]))
					i += 2
					continue
				}
				b.WriteByte(s[i])
			}
			return b.String()
		})),
	}
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return lower(c) - 'a' + 10
}

// keyed is the fault of a client that has one key alone.
func keyed(id, requirement, title, key string) departure {
	return departure{Fault: Fault{id, requirement, title, ClientSide}, key: func() string { return key }}
}

func requestFieldFaults() []departure {
	return []departure{
		asking("host-missing", "6455-4.1-22", "the request has no Host field", dropping("Host")),
		asking("host-without-port", "6455-4.1-22", "the Host field leaves out the port", editing("Host", func(v string) string {
			host, _, _ := splitAuthority(v)
			return host
		})),
		asking("host-with-scheme", "6455-4.1-22", "the Host field is a URI", editing("Host", func(v string) string { return "ws://" + v })),
		asking("upgrade-missing", "6455-4.1-23", "the request has no Upgrade field", dropping("Upgrade")),
		asking("upgrade-of-another-protocol", "6455-4.1-24", "the Upgrade field of the request names another protocol", setting("Upgrade", "h2c")),
		asking("connection-missing", "6455-4.1-25", "the request has no Connection field", dropping("Connection")),
		asking("connection-keep-alive", "6455-4.1-26", "the Connection field of the request says keep-alive", setting("Connection", "keep-alive")),
		asking("key-missing", "6455-4.1-27", "the request has no Sec-WebSocket-Key", dropping(fieldKey)),
		keyed("key-of-15-octets", "6455-4.1-28", "the nonce has 15 octets", "dGhlIHNhbXBsZSBub25j"),
		keyed("key-not-base64", "6455-4.1-28", "the key is not in base64", "********************=="),
		keyed("key-constant", "6455-4.1-29", "every connection has the sample key of the RFC", "dGhlIHNhbXBsZSBub25jZQ=="),
		asking("key-twice", "6455-11.3.1-1", "the request has two Sec-WebSocket-Key fields", func(h *head) { h.add(fieldKey, h.get(fieldKey)) }),
		asking("version-missing", "6455-4.1-33", "the request has no Sec-WebSocket-Version", dropping(fieldVersion)),
		asking("version-8", "6455-4.1-34", "the client asks for the version 8", setting(fieldVersion, "8")),
		asking("version-padded", "6455-4.3-5", "the version of the request has a leading zero", setting(fieldVersion, "013")),
		asking("version-twice", "6455-11.3.5-2", "the request has two Sec-WebSocket-Version fields", adding(fieldVersion, "8")),
		asking("request-cut", "6455-4.1-2", "the client forgets the empty line behind its request", func(h *head) {
			h.octets = func(b []byte) []byte { return b[:len(b)-2] }
		}),
		asking("request-never-sent", "6455-4.1-17", "the client connects and says nothing", func(h *head) {
			h.octets = func([]byte) []byte { return nil }
		}),
		asking("frame-before-answer", "6455-4.1-41", "the client sends a message without waiting for the answer", func(h *head) {
			h.behind = string(wireFrame{header: header{fin: true, opcode: opText, masked: true, key: 0x01020304}, payload: []byte("early")}.append(nil))
		}),
	}
}

func offerFaults() []departure {
	return []departure{
		{
			Fault:    Fault{"options-not-checked", "6455-4.1-36", "the client offers as a subprotocol whatever it is told", ClientSide},
			careless: true,
		},
		{
			Fault:    Fault{"subprotocols-not-compared", "6455-4.1-37", "the client offers a subprotocol twice when it is told so", ClientSide},
			careless: true,
		},
		asking("subprotocol-offer-in-lower-case", "6455-4.1-36", "the client offers subprotocols in small letters", editing(fieldProtocol, strings.ToLower)),
		asking("subprotocol-offered-twice", "6455-4.1-37", "the client offers its subprotocols twice", editing(fieldProtocol, func(v string) string { return v + ", " + v })),
		asking("subprotocol-offer-empty", "6455-4.1-38", "the client offers an empty list of subprotocols", func(h *head) { h.set(fieldProtocol, "") }),
		asking("subprotocol-offer-no-token", "6455-4.1-36", "the client offers a subprotocol with a space in it", editing(fieldProtocol, func(v string) string { return "my " + v })),
		asking("subprotocols-separated-by-spaces", "6455-4.1-38", "the client separates subprotocols with spaces", editing(fieldProtocol, func(v string) string { return strings.ReplaceAll(v, ", ", " ") })),
		asking("extension-offer-malformed", "6455-9.1-1", "the client's offer of extensions ends in a semicolon", editing(fieldExtensions, func(v string) string { return v + ";" })),
		asking("extension-offer-no-token", "6455-9.1-2", "a quoted value of the client's offer is no token", editing(fieldExtensions, func(v string) string { return v + `; x="a b"` })),
		asking("extension-offer-unknown-parameter", "6455-9.1-5", "the client's offer has a parameter that is not defined", editing(fieldExtensions, func(v string) string { return v + "; level=9" })),
		asking("offered-bits-16", "7692-7.1.2.1-2", "the client offers a window of 16 bits", editing(fieldExtensions, func(v string) string {
			return offerWith(v, "server_max_window_bits", "server_max_window_bits=16")
		})),
		asking("offered-client-bits-07", "7692-7.1.2.2-2", "the client offers to compress with a window of 07 bits", editing(fieldExtensions, func(v string) string {
			return offerWith(v, "client_max_window_bits", "client_max_window_bits=07")
		})),
		asking("offered-takeover-with-value", "7692-7.1.1.1-1", "the client offers server_no_context_takeover with a value", editing(fieldExtensions, func(v string) string {
			return offerWith(v, "server_no_context_takeover", "server_no_context_takeover=true")
		})),
		asking("offered-client-takeover-with-value", "7692-7.1.1.2-1", "the client offers client_no_context_takeover with a value", editing(fieldExtensions, func(v string) string {
			return offerWith(v, "client_no_context_takeover", "client_no_context_takeover=true")
		})),
	}
}

// offerWith puts a parameter into each offer of permessage-deflate, in the place
// of the one with the name.
func offerWith(value, name, param string) string {
	list := strings.Split(value, ", ")
	for i, e := range list {
		list[i] = offerWithout(e, name) + "; " + param
	}
	return strings.Join(list, ", ")
}

func offerWithout(value, name string) string {
	params := strings.Split(value, "; ")
	params = slices.DeleteFunc(params, func(p string) bool { return p == name || strings.HasPrefix(p, name+"=") })
	return strings.Join(params, "; ")
}
