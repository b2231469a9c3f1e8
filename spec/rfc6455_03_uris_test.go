package spec

var _ = section("RFC 6455 3: WebSocket URIs", "6455-3")
