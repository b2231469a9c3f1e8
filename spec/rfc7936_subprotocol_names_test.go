package spec

var _ = section("RFC 7936: subprotocol names", "7936-2")
