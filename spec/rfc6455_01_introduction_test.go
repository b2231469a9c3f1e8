package spec

var _ = section("RFC 6455 1: what the protocol is made to do", "6455-1.3", "6455-1.4", "6455-1.6")
