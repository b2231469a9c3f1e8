package spec

var _ = section("RFC 6455 4.2: the server's requirements in the opening handshake", "6455-4.2.1", "6455-4.2.2")
