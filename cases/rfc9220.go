package cases

// rfc9220 holds the requirements of RFC 9220: WebSocket over HTTP/3.
var rfc9220 = []Requirement{
	{"9220-3-1", Definition, ForServer, OnWire, "The HTTP/3 setting SETTINGS_ENABLE_CONNECT_PROTOCOL is 0x08 with the same meaning as in HTTP/2.", nil},
	{"9220-3-2", Definition, ForClient, OnWire, "A client uses extended CONNECT over HTTP/3 only after SETTINGS with the value 1.", nil},
	{"9220-3-3", Definition, ForEndpoint, OnWire, "Values other than 0 and 1 are illegal and 0 after 1 does not occur (inherited from RFC 8441).", nil},
	{"9220-3-4", Definition, ForClient, OnWire, "The pseudo-header semantics equal those of RFC 8441: CONNECT with :protocol websocket, :scheme, :path and :authority.", nil},
	{"9220-3-5", Should, ForServer, OnWire, "A server that advertises support answers an unknown or unsupported :protocol with 501.", nil},
	{"9220-3-6", May, ForServer, OnWire, "A server may add a problem-details body to it.", nil},
	{"9220-3-7", Definition, ForEndpoint, OnWire, "An orderly TCP close maps to FIN on the stream.", nil},
	{"9220-3-8", Definition, ForEndpoint, OnWire, "A TCP reset maps to a stream error H3_REQUEST_CANCELLED.", nil},
	{"9220-3-9", Definition, ForEndpoint, OnWire, "DATA frames on the request stream carry the WebSocket bytes; masking and framing are unchanged.", nil},
	{"9220-3-10", Definition, ForEndpoint, OnWire, "No Connection, Upgrade, key or accept handling over HTTP/3; success is a 2xx status.", []string{"8441-5-5", "8441-5-7"}},
	{"9220-3-11", Definition, ForEndpoint, OnWire, "QUIC flow control and stream concurrency apply to each WebSocket stream by itself.", nil},
	{"9220-5-1", Definition, ForServer, OnWire, "The setting is registered with the default 0.", []string{"9220-3-1"}},
}
