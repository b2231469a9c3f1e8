package spec

var _ = section("RFC 6455 6: sending and receiving data", "6455-6.1", "6455-6.2")
