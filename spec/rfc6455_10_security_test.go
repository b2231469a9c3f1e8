package spec

var _ = section("RFC 6455 10: security", "6455-10.2", "6455-10.4", "6455-10.7")
