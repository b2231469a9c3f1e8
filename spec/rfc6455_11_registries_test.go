package spec

var _ = section("RFC 6455 11: registered names", "6455-11.3.4")
