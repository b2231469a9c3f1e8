package spec

var _ = section("RFC 6455 7.4: status codes", "6455-7.4.1", "6455-7.4.2")
