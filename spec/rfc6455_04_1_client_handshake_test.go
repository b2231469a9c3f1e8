package spec

var _ = section("RFC 6455 4.1: the client's requirements in the opening handshake", "6455-4.1")
