package spec

var _ = section("RFC 6455 9: extensions", "6455-9", "6455-9.1")
